import { expect, test } from 'vitest';
import { newAccountRun, readAccounts, readNewAccount } from '../../src/node/keystore.ts';
import { redactArguments } from '../../src/node/redact-arguments.ts';

/** What 1.9.25 and 1.17.8 print alike. */
const NEW = `
Your new key was generated

Public address of the key:   0x7140694B119F290292c41EdB08cE476eC5671683
Path of the secret key file: /data/keystore/UTC--2026-11-21T06-02-49.718573527Z--7140694b119f290292c41edb08ce476ec5671683

- You can share your public address with anyone. Others need it to interact with you.
`;
const LIST = `INFO [11-21|06:02:52.962] Maximum peer count ETH=50
Account #0: {7140694b119f290292c41edb08ce476ec5671683} keystore:///data/keystore/UTC--2026--7140694b119f290292c41edb08ce476ec5671683
Account #1: {b8c4c272557ecae8982e1518587539840c1250d7} keystore:///data/keystore/UTC--2026--b8c4c272557ecae8982e1518587539840c1250d7
`;

test('a new account is read with its address in lower case', () => {
  expect(readNewAccount(NEW)).toEqual({
    address: '0x7140694b119f290292c41edb08ce476ec5671683',
    keyFile: '/data/keystore/UTC--2026-11-21T06-02-49.718573527Z--7140694b119f290292c41edb08ce476ec5671683',
  });
  for (const text of ['', 'Fatal: Failed to read password file', NEW.replace('0x7140', 'x')]) expect(readNewAccount(text)).toBeUndefined();
});

test('accounts are read in order', () => {
  expect(readAccounts(LIST).map(({ address }) => address)).toEqual([
    '0x7140694b119f290292c41edb08ce476ec5671683',
    '0xb8c4c272557ecae8982e1518587539840c1250d7',
  ]);
  expect(readAccounts('')).toEqual([]);
});

test('the password is in a file that only its owner reads, never among the words', () => {
  const { args, files } = newAccountRun('pass word"$(x)');
  expect(args.join(' ')).not.toContain('pass word');
  expect(files).toMatchObject([{ content: 'pass word"$(x)\n', mode: 0o400 }]);
});

test('arguments that hold a secret are shown without it', () => {
  const args = [
    '--ethstats',
    'me:secret@host',
    '--nodekeyhex=secret',
    '--metrics.influxdb.password',
    'secret',
    '--cache',
    '100',
    '--vmodule=a=1',
  ];
  expect(redactArguments(args)).toEqual([
    '--ethstats',
    '***',
    '--nodekeyhex=***',
    '--metrics.influxdb.password',
    '***',
    '--cache',
    '100',
    '--vmodule=a=1',
  ]);
});
