import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containersOf, killedInside } from '../../../src/diagnosis/kernel/container-cgroup.ts';
import { isTelling } from '../../../src/diagnosis/kernel/is-telling.ts';
import { recordsFrom } from '../../../src/diagnosis/kernel/records-from.ts';
import type { KernelEntry } from '../../../src/ports/kernel-log.ts';
import { GROUP, HOST_WIDE, ID, kernelEntries, OTHER_ID, OWN_LIMIT_4_15, OWN_LIMIT_V1, PARENT_LIMIT_V2 } from './kernel-lines.ts';

const BLOCKS = [OWN_LIMIT_V1, PARENT_LIMIT_V2, HOST_WIDE, GROUP, OWN_LIMIT_4_15];
const real = fc.constantFrom(...BLOCKS.flat());
/** A real line, a part of one, or anything. */
const text = fc.oneof(
  real,
  fc.tuple(real, fc.nat(300), fc.nat(300)).map(([line, from, to]) => line.slice(Math.min(from, to), Math.max(from, to))),
  fc.tuple(real, fc.string({ unit: 'binary' }), fc.nat(300)).map(([line, junk, at]) => line.slice(0, at) + junk + line.slice(at)),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const entry: fc.Arbitrary<KernelEntry> = fc.record({
  at: fc.nat(),
  writer: fc.constantFrom('kernel' as const, 'systemd-oomd' as const, 'earlyoom' as const),
  text,
});

test('whatever lines come in whatever order, all records are sound and fit for a terminal', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      const found = recordsFrom(entries);
      expect(found.length).toBeLessThanOrEqual(entries.length);
      for (const record of found) {
        expect(record.lines.length).toBeGreaterThan(0);
        expect(record.lines.length).toBeLessThanOrEqual(16);
        for (const line of record.lines) expect(line).toMatch(/^\P{C}{1,601}$/u);
        if ('pid' in record && record.pid !== null) expect(Number.isSafeInteger(record.pid)).toBe(true);
        if (record.kind === 'oom-kill') expect(record.scope === 'host' && record.limitCgroup !== null).toBe(false);
      }
      expect([...found].sort((a, b) => a.at - b.at)).toEqual(found);
    }),
  );
});

test('the lines that are kept tell as much as all of them', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      expect(recordsFrom(entries.filter(isTelling))).toEqual(recordsFrom(entries));
    }),
  );
});

test('a real kill among any noise that is no kill is found', () => {
  const noise = fc.string({ unit: 'binary', maxLength: 80 }).filter((junk) => !isTelling({ at: 0, writer: 'kernel', text: junk }));
  fc.assert(
    fc.property(
      fc.constantFrom(OWN_LIMIT_V1, PARENT_LIMIT_V2, HOST_WIDE),
      fc.array(noise, { minLength: 20, maxLength: 40 }),
      (block, junk) => {
        const mixed = block.flatMap((line, at) => [junk[at % junk.length] ?? '', line]);
        const [plain, noisy] = [block, mixed].map((lines) => recordsFrom(kernelEntries(lines)));
        expect(noisy?.map(({ lines, kind }) => [kind, lines])).toEqual(plain?.map(({ lines, kind }) => [kind, lines]));
      },
    ),
  );
});

/** Where the kernel's own words for one line begin and end, each of which may stand by itself when others write meanwhile. */
const SEAMS = /(?=,cpuset=|,mems_allowed=|,oom_memcg=|,global_oom|,task_memcg=|,task=)|(?<=cpuset=|_memcg=)/g;

test('a kill whose line was cut into pieces, wherever, is the same kill', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(OWN_LIMIT_V1, PARENT_LIMIT_V2, HOST_WIDE),
      fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
      (block, cuts) => {
        const pieces = (line: string) => {
          let serial = 0;
          return line.replace(SEAMS, () => (cuts[serial++] ? '\neth0: renamed\n' : '')).split('\n');
        };
        const cut = kernelEntries(block.flatMap((line) => (line.startsWith('oom-kill:') ? pieces(line) : [line])));
        const [whole] = recordsFrom(kernelEntries(block));
        if (whole?.kind !== 'oom-kill') throw new Error('no kill');
        const { victimCgroup, limitCgroup, scope, pid, limitBytes } = whole;
        for (const entries of [cut, cut.filter(isTelling)])
          expect(recordsFrom(entries)).toMatchObject([{ victimCgroup, limitCgroup, scope, pid, limitBytes }]);
      },
    ),
  );
});

test('a long line takes no long time', () => {
  const begun = performance.now();
  const parts = ['oom-kill:constraint=A,nodemask=', ',cpuset=', 'mems_allowed=', 'a[1]: segfault at ', '(', ')', '/docker/', 'traps: '];
  for (const part of parts) for (const head of parts) recordsFrom(kernelEntries([head + part.repeat(8_192 / part.length)]));
  expect(performance.now() - begun).toBeLessThan(4_000);
});

test.each([
  [`/docker/${ID}`, [ID]],
  [`/system.slice/docker-${ID}.scope`, [ID]],
  [`/machine.slice/libpod-${ID}.scope/container`, [ID]],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${ID}.scope`, [ID]],
  [`/kubepods/besteffort/pod1/${ID}`, [ID]],
  [`/lxc/host/docker/${ID}/docker/${OTHER_ID}`, [ID, OTHER_ID]],
  ['/system.slice/docker.service', []],
  [`/docker/${ID}0`, []],
  [`/docker/${ID.toUpperCase()}`, []],
  ['', []],
])('the cgroup %s lies in these containers', (cgroup, ids) => expect(containersOf(cgroup)).toEqual(ids));

test('a kill is told of its own container alone', () => {
  const [kill] = recordsFrom(kernelEntries(OWN_LIMIT_V1));
  if (kill?.kind !== 'oom-kill') throw new Error('no kill');
  expect(killedInside(kill, ID, null)).toBe(true);
  // The cgroup is known: that another container once had a process of this number says nothing.
  expect(killedInside(kill, OTHER_ID, kill.pid)).toBe(false);
});
