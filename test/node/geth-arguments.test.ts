import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gethCommand } from '../../src/node/geth-arguments.ts';
import { memorySettings } from '../../src/node/memory-rules.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import { DEV, MAINNET, makeSpec, profileOf } from './make-node.ts';

const RPC = [
  ...'--http --http.addr 0.0.0.0 --http.port 8545 --http.api eth,net,web3,txpool'.split(' '),
  ...'--ws --ws.addr 0.0.0.0 --ws.port 8546 --ws.api eth,net,web3,txpool'.split(' '),
];

describe('geth is started with exactly these words', () => {
  test('dev on 1.17.8 in 1 GiB', () => {
    expect(gethCommand(makeSpec(), DEV)).toEqual({
      args: ['--dev', '--datadir', '/data', '--cache', '128', '--memorylimit', '593', '--datadir.minfreedisk', '512', ...RPC],
      env: {},
    });
  });

  test('dev that keeps every state, with words of the user after ours', () => {
    const { args } = gethCommand(makeSpec({ mode: 'archive', extra: ['--dev.period', '2'] }), DEV);
    expect(args.slice(0, 5)).toEqual(['--dev', '--datadir', '/data', '--gcmode', 'archive']);
    expect(args.slice(-2)).toEqual(['--dev.period', '2']);
  });

  test('mainnet on 1.17.10 in 16 GiB', () => {
    const spec = makeSpec({
      network: 'mainnet',
      chainId: 1,
      mode: 'snap',
      geth: '1.17.10',
      memory: 16 * GIB,
      ports: { http: 9545, ws: 9546, p2p: 30_304 },
    });
    const own = '--mainnet --datadir /data --syncmode snap --cache 2048 --memorylimit 9502 --datadir.minfreedisk 2048'.split(' ');
    expect(gethCommand(spec, MAINNET)).toEqual({ args: [...own, ...RPC, '--port', '30304'], env: {} });
  });

  test('an archive on hoodi with 1.16.9, whose heap limit is the runtime’s variable', () => {
    const spec = makeSpec({
      network: 'hoodi',
      mode: 'archive',
      geth: '1.16.9',
      memory: 8 * GIB,
      ports: { http: 8545, ws: 8546, p2p: 30_303 },
    });
    const own = '--hoodi --datadir /data --syncmode full --gcmode archive --cache 1024 --datadir.minfreedisk 1024'.split(' ');
    expect(gethCommand(spec, profileOf('hoodi'))).toEqual({ args: [...own, ...RPC, '--port', '30303'], env: { GOMEMLIMIT: '4751MiB' } });
  });

  test('and never with a flag that the version does not have', () => {
    const { args } = gethCommand(makeSpec({ geth: '1.9.25' }), DEV);
    expect(args).not.toContain('--datadir.minfreedisk');
    expect(args).not.toContain('--memorylimit');
  });
});

describe('geth’s share of its memory limit', () => {
  test.each([
    ['1.17.4', 'GOMEMLIMIT'],
    ['1.17.5', '--memorylimit'],
    ['1.17.10', '--memorylimit'],
    ['1.12.1', 'GOMEMLIMIT'],
  ])('is told to %s by %s', (version, how) => {
    expect(memorySettings(version, GIB).heapBy).toBe(how);
  });

  test('leaves what is outside the heap two fifths, for every limit and version', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 1024 * 1024 }), fc.constantFrom('1.12.1', '1.17.4', '1.17.5'), (mib, version) => {
        const { cacheMib, heapMib } = memorySettings(version, mib * MIB);
        expect(Number.isInteger(cacheMib) && Number.isInteger(heapMib)).toBe(true);
        // 0.59 of the limit was measured to live, 0.68 not.
        expect(heapMib).toBeLessThanOrEqual(0.59 * mib);
        expect(cacheMib).toBeLessThanOrEqual(Math.max(16, mib / 8));
        expect(cacheMib).toBeGreaterThanOrEqual(16);
        expect(cacheMib).toBeLessThanOrEqual(4096);
      }),
    );
  });
});
