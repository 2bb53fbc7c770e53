import { describe, expect, test } from 'vitest';
import { memoryRemedies } from '../../src/diagnosis/memory-remedies.ts';
import { GIB } from '../../src/node/size.ts';
import { makeSpec } from '../node/make-node.ts';
import { type CaseChange, makeCase, makeForeign } from './case-factory.ts';

const limits = (memory: number, swap: number) => ({ memory, memorySwap: swap < 0 ? -1 : memory + swap, nanoCpus: 0, pids: 512 });
const host = (total: number, swapTotal: number) => ({ memory: { total, available: total / 2, swapTotal, swapFree: swapTotal } });
const commands = (evidence: Parameters<typeof memoryRemedies>[0]) => memoryRemedies(evidence).flatMap((remedy) => remedy.commands);
const foreign = (change: CaseChange = {}) =>
  makeForeign({ gethVersion: '1.16.9', ...change, container: { limits: limits(2 * GIB, 0), ...change.container } });

describe('a container of somebody else', () => {
  test('is told the cache and the heap limit that fit, as its version takes them', () => {
    const [first] = memoryRemedies(foreign({ container: { args: ['--cache', '1024'] } }));
    expect(first?.text).toMatch(/--cache 1024.*2 GiB.*sizes itself by the memory of the host.*--cache 256.*GOMEMLIMIT=1187MiB/);
    const [newer] = memoryRemedies(foreign({ gethVersion: '1.17.8', container: { args: ['--cache=1024'] } }));
    expect(newer?.text).toMatch(/--cache 256.*--memorylimit 1187/);
    expect(newer?.text).not.toMatch(/memory of the host/);
  });

  test('with settings that fit hears nothing of them', () => {
    const fit = foreign({ container: { args: ['--cache', '256'], env: { GOMEMLIMIT: '1187MiB' } } });
    expect(
      memoryRemedies(fit)
        .map(({ text }) => text)
        .join(),
    ).not.toMatch(/--cache/);
  });

  test('is raised by the engine, memory and swap together, and started', () => {
    expect(commands(foreign())).toContain('docker update --memory 3g --memory-swap 3g geth_container');
    expect(commands(foreign())).toContain('docker start geth_container');
    expect(commands(foreign({ container: { limits: limits(2 * GIB, GIB) } }))).toContain(
      'docker update --memory 3g --memory-swap 4g geth_container',
    );
    expect(commands(foreign({ container: { limits: limits(2 * GIB, -1) } }))).toContain(
      'docker update --memory 3g --memory-swap -1 geth_container',
    );
  });

  test('gets swap where it may use none', () => {
    const evidence = foreign({ host: host(8 * GIB, 0) });
    expect(commands(evidence)).toEqual(
      expect.arrayContaining(['nodectl host swap add --size 2G', 'docker update --memory 2g --memory-swap 4g geth_container']),
    );
    expect(commands(foreign({ host: host(8 * GIB, 4 * GIB) })).join()).not.toMatch(/host swap add/);
  });

  test('has its name quoted where a shell would read more in it', () => {
    const evidence = foreign({ container: { name: 'a;b' } });
    for (const command of commands(evidence)) if (command.includes('a;b')) expect(command).toMatch(/'a;b'/);
  });
});

describe('a node of nodectl', () => {
  const node = (change: CaseChange = {}) => makeCase({ host: host(8 * GIB, 8 * GIB), ...change });

  test('is raised as a whole, also where a consensus client has its share of it', () => {
    expect(commands(node())).toContain('nodectl up --name dev --memory 1536M');
    const spec = makeSpec({ memory: 8 * GIB, swap: 8 * GIB });
    expect(commands(node({ spec, host: host(32 * GIB, 32 * GIB), container: { limits: limits(5 * GIB, 5 * GIB) } }))).toContain(
      'nodectl up --name dev --memory 12G',
    );
  });

  test('is not raised beyond what its host has', () => {
    expect(commands(node({ host: host(1.5 * GIB, 8 * GIB) }))).toContain('nodectl up --name dev --memory 1280M');
    expect(commands(node({ host: host(GIB, 8 * GIB) })).join()).not.toMatch(/--memory/);
  });

  test('hears that a host without more to give is the end of it', () => {
    const [only, ...more] = memoryRemedies(node({ host: host(GIB, 8 * GIB) }));
    expect(only?.commands).toEqual([]);
    expect(more).toEqual([]);
  });

  test('made with settings that do not fit its limit any more is made again', () => {
    const words = makeCase().container.args.map((word) => (word === '128' ? '1024' : word));
    expect(commands(node({ container: { args: words } }))[0]).toBe('nodectl up --name dev');
  });

  test('whose limit nobody set is left alone', () => {
    const evidence = node({ container: { limits: limits(0, 0) } });
    expect(commands(evidence)).toEqual([]);
  });
});
