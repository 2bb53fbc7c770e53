import { describe, expect, test } from 'vitest';
import { checkExtraArguments } from '../../src/node/extra-arguments.ts';
import { errorOf } from '../error-code.ts';

describe('words for geth that make it another program', () => {
  test.each([
    [['removedb']],
    [['--nodiscover', 'removedb']],
    [['--verbosity', '4', 'console']],
    [['--verbosity=4', 'attach']],
    [['anything']],
    [['--verbosity', '4', '5']],
  ])('are refused: %j', (words) => {
    expect(errorOf(() => checkExtraArguments(words, '1.17.8')).code).toBe('USAGE');
  });

  test.each([[['--verbosity', '4']], [['--verbosity=4', '--nodiscover']], [['--dev.period', '2', '--txpool.nolocals']]])(
    'are not mistaken for flags with values: %j',
    (words) => {
      expect(checkExtraArguments(words, '1.17.8')).toEqual(words);
    },
  );
});

describe('words of the user for geth', () => {
  test.each([
    [['--dev.period', '2']],
    [['--maxpeers=10']],
    [['--http.corsdomain', '*']],
    [['--http.vhosts', 'geth']],
    [['--http.api', 'eth,net']],
    [['--authrpc.addr', '0.0.0.0']],
    [['--a.flag.of.tomorrow', '1']],
    [[]],
    [['-verbosity', '4']],
  ])('%j go to geth as they are', (words) => {
    expect(checkExtraArguments(words, '1.17.8')).toEqual(words);
  });

  test.each([
    ...[['--datadir', '/x'], ['--datadir=/x'], ['-datadir', '/x'], ['--datadir.ancient', '/x'], ['--keystore', '/x']],
    ...[['--cache', '4096'], ['--memorylimit=1'], ['--syncmode', 'light'], ['--gcmode=full'], ['--history.chain', 'postmerge']],
    ...[
      ['--state.scheme', 'hash'],
      ['--db.engine', 'pebble'],
      ['--history.state', '5'],
    ],
    ...[['--http.addr=0.0.0.0'], ['--http.rpcprefix', '/x'], ['--port', '1'], ['--dev.period', '2', '--ipcpath', '/x'], ['--config', 'x']],
    ...[['--unlock', '0x1'], ['--password', 'x'], ['--allow-insecure-unlock'], ['--mine'], ['--miner.etherbase', '0x1']],
    ...[['--bootnodes', 'x'], ['--nodekey', 'x'], ['--nodekeyhex=1'], ['--light.serve', '1'], ['--light.maxpeers', '1']],
    ...[['--dev'], ['--networkid', '5'], ['--goerli'], ['--rinkeby'], ['--ropsten'], ['--holesky'], ['--override.genesis', 'x']],
    ...[['--rpc'], ['--rpcaddr', '0.0.0.0'], ['--wsport', '1'], ['--etherbase', '0x1'], ['--lightserv', '1']],
    ...[['--http.api', 'eth,admin'], ['--http.api=debug'], ['--ws.api', 'eth, engine'], ['--http.api', 'testing']],
  ])('%s %s is USAGE: nodectl decides it, or it would give the node away', (...words) => {
    expect(errorOf(() => checkExtraArguments(words, '1.17.8'))).toMatchObject({ code: 'USAGE', exit: 2 });
  });

  test.each([
    ['--whitelist', '1.17.4', '--eth.requiredblocks'],
    ['--txlookuplimit', '1.17.8', '--history.transactions'],
    ['--gogc', '1.17.4', '--geth-version'],
    ['--log.format=json', '1.10.26', '--geth-version'],
    ['--snap.v2', '1.16.9', '--geth-version'],
  ])('%s is UNSUPPORTED_OPTION for geth %s', (word, version, instead) => {
    const error = errorOf(() => checkExtraArguments([word], version));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_OPTION', exit: 2 });
    expect(error.hint).toContain(instead);
  });

  test('a namespace is dangerous only where the version has it', () => {
    expect(errorOf(() => checkExtraArguments(['--http.api', 'personal'], '1.13.15')).code).toBe('USAGE');
    expect(checkExtraArguments(['--http.api', 'eth'], '1.9.25')).toEqual(['--http.api', 'eth']);
  });
});
