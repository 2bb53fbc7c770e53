import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/finding.ts';
import type { Subject } from '../../../src/host/check.ts';
import { cpuCount } from '../../../src/host/checks/cpu-count.ts';
import { memFree } from '../../../src/host/checks/mem-free.ts';
import { swapPresent } from '../../../src/host/checks/swap-present.ts';
import { swapSize } from '../../../src/host/checks/swap-size.ts';
import { claims } from '../../../src/host/claims.ts';
import type { SwapEvidence } from '../../../src/host/swap-evidence.ts';
import { GIB } from '../../../src/node/size.ts';
import { DEV } from '../../node/make-node.ts';
import { NOBODY, tenant } from '../machine-eyes.ts';

const limits = (memory: number, swap: number) => ({ memory: memory * GIB, memorySwap: (memory + swap) * GIB, nanoCpus: 0, pids: 0 });
const node = (name: string, memory: number, swap: number) => tenant(name, { container: { limits: limits(memory, swap) } });
const stopped = (name: string, memory: number) => tenant(name, { container: { limits: limits(memory, 0), state: 'exited' } });
const of = (...tenants: Subject['tenants']): Subject => ({ ...NOBODY, tenants });

function host(swap: number, over: Partial<SwapEvidence> = {}): SwapEvidence {
  return {
    areas: swap === 0 ? [] : [{ path: '/swapfile', kind: 'file', size: swap * GIB, used: 0, priority: -2 }],
    memory: { total: 8 * GIB, available: 6 * GIB, swapTotal: swap * GIB, swapFree: swap * GIB },
    place: { virtualisation: 'machine', ownsKernel: true },
    ...over,
  };
}

describe('claims of nodes', () => {
  it('are what the engine holds, not what the label said', () => {
    expect(claims(of(node('a', 2, 1)))).toEqual([{ node: 'a', memory: 2 * GIB, swap: GIB, running: true }]);
  });

  it('have no bound where the engine wrote the limit of swap away', () => {
    const a = tenant('a', { container: { limits: { ...limits(1, 0), memorySwap: -1 } } });
    expect(claims(of(a))[0]?.swap).toBe(Number.POSITIVE_INFINITY);
  });

  it('count a planned node once, in place of the one that runs under its name', () => {
    const subject = { ...of(node('dev', 1, 1), node('b', 1, 0)), network: DEV, memory: 4 * GIB };
    expect(claims(subject)).toEqual([
      { node: 'b', memory: GIB, swap: 0, running: true },
      { node: 'dev', memory: 4 * GIB, swap: GIB, running: true },
    ]);
  });

  it('take what the network asks for where nothing is said', () => {
    expect(claims({ ...NOBODY, network: DEV })[0]?.memory).toBeGreaterThan(0);
    expect(claims(NOBODY)).toEqual([]);
  });
});

const SWAP: readonly (readonly [string, SwapEvidence, Subject, Severity, Severity])[] = [
  ['no swap, nobody wants any', host(0), NOBODY, 'warn', 'ok'],
  ['no swap, promised', host(0), of(node('a', 1, 1)), 'fail', 'fail'],
  ['no swap, planned', host(0), { ...NOBODY, memory: GIB, swap: GIB }, 'fail', 'fail'],
  ['enough for all', host(3), of(node('a', 1, 1), node('b', 1, 2)), 'ok', 'ok'],
  ['less than all promise', host(2), of(node('a', 1, 1), node('b', 1, 2)), 'ok', 'warn'],
  ['less than is planned beside', host(2), { ...of(node('a', 1, 1)), memory: GIB, swap: 2 * GIB }, 'ok', 'warn'],
  ['unlimited', host(2), of(tenant('a', { container: { limits: { ...limits(1, 0), memorySwap: -1 } } })), 'ok', 'warn'],
  ['zram alone', host(1, { areas: [{ path: '/dev/zram0', kind: 'zram', size: GIB, used: 0, priority: 100 }] }), NOBODY, 'warn', 'ok'],
  ['nothing to read', host(0, { areas: undefined, memory: undefined }), of(node('a', 1, 1)), 'unknown', 'unknown'],
];

describe.each(SWAP)('a host with %s', (_name, evidence, subject, present, size) => {
  it(`has swap: ${present}, enough of it: ${size}`, () => {
    expect(swapPresent.judge(evidence, subject).severity).toBe(present);
    expect(swapSize.judge(evidence, subject).severity).toBe(size);
  });
});

it('the swap that is missing is the size that is proposed', () => {
  const { remedy, fixable } = swapSize.judge(host(1), of(node('a', 1, 2), node('b', 1, 2)));
  expect([remedy?.commands, fixable]).toEqual([['nodectl host swap add --size 3G'], true]);
});

describe('memory', () => {
  const evidence = { memory: { total: 8 * GIB, available: 3 * GIB, swapTotal: 0, swapFree: 0 }, engineTotal: 8 * GIB };
  it.each([
    ['no node', NOBODY, 'ok'],
    ['one that fits', of(node('a', 4, 0)), 'ok'],
    ['two that leave little', of(node('a', 4, 0), node('b', 3, 0)), 'warn'],
    ['two that do not fit', of(node('a', 6, 0), node('b', 3, 0)), 'fail'],
    ['a stopped one larger than what is available now', of(stopped('a', 4)), 'warn'],
    ['a planned one larger than the host', { ...NOBODY, memory: 16 * GIB }, 'fail'],
  ] as const)('for %s', (_name, subject, severity) => expect(memFree.judge(evidence, subject).severity).toBe(severity));

  it('of a remote host is judged by the engine’s word', () => {
    const remote = { memory: undefined, engineTotal: 2 * GIB };
    expect(memFree.judge(remote, of(node('a', 4, 0))).severity).toBe('fail');
    expect(memFree.judge({ memory: undefined, engineTotal: undefined }, NOBODY).severity).toBe('unknown');
  });

  it('that does not suffice gets a command with what would', () => {
    const commands = memFree.judge(evidence, { ...of(node('a', 4, 0)), network: DEV, memory: 8 * GIB }).remedy?.commands;
    expect(commands).toEqual(['nodectl up --name dev --memory 2457M']);
  });
});

describe('CPUs', () => {
  it.each([
    [{ engine: 2, kernel: 2 }, 1, 'ok'],
    [{ engine: 2, kernel: 2 }, 2, 'info'],
    [{ engine: 2, kernel: 8 }, 4, 'fail'],
    [{ engine: undefined, kernel: 2 }, 4, 'fail'],
    [{ engine: undefined, kernel: undefined }, 4, 'unknown'],
    [{ engine: 2, kernel: 2 }, undefined, 'ok'],
  ] as const)('%j for %s', (evidence, cpus, severity) => expect(cpuCount.judge(evidence, { ...NOBODY, cpus }).severity).toBe(severity));
});
