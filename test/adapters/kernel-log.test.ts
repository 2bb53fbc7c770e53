import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernelLog } from '../../src/adapters/kernel-log.ts';
import { ringRecords } from '../../src/adapters/kernel-ring.ts';
import { OWN_LIMIT_V1 } from '../diagnosis/kernel/kernel-lines.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const BOOT = '0123456789abcdef0123456789abcdef';
const KILLED = OWN_LIMIT_V1.at(-1) ?? '';
const OOMD = 'Killed /system.slice/x.scope due to memory pressure for / being 70.24% > 60.00% for > 20s with reclaim activity';

/** How long the machine runs, by the clock of its kernel's log. */
const AGE = 86_400_000;
/** Microseconds of that clock, a time ago. */
const ago = (ms: number) => Math.round((AGE - ms) * 1000);
const record = (msAgo: number, text: string, { sequence = 9, priority = 6 } = {}) => `${priority},${sequence},${ago(msAgo)},-;${text}\n`;

interface Written {
  readonly msAgo: number;
  readonly text: string;
  readonly boot?: string;
  readonly unit?: string;
}
const journalText = (lines: readonly Written[]) =>
  lines
    .map(({ msAgo, text, boot = 'f'.repeat(32), unit }) => ({
      ...(unit === undefined
        ? {
            _TRANSPORT: 'kernel',
            SYSLOG_FACILITY: '0',
            _SOURCE_MONOTONIC_TIMESTAMP: String(ago(msAgo)),
            __MONOTONIC_TIMESTAMP: String(ago(msAgo)),
          }
        : { _TRANSPORT: 'stdout', _SYSTEMD_UNIT: unit }),
      ...{ __REALTIME_TIMESTAMP: String((Date.now() - msAgo) * 1000), _BOOT_ID: boot, MESSAGE: text },
    }))
    .map((fields) => `${JSON.stringify(fields)}\n`)
    .join('');

/** A machine with this ring, and a journalctl that notes its words and runs a script. */
function machine({ ring, journal }: { readonly ring: readonly string[] | string; readonly journal?: string | undefined }) {
  const folder = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('sys/kernel/debug/sched/debug', `cpu_clk                  : ${AGE}.000000\n`);
  put('proc/sys/kernel/random/boot_id', '01234567-89ab-cdef-0123-456789abcdef\n');
  if (journal !== undefined) {
    put('journalctl', `#!/bin/sh\necho "$@" > ${folder}/asked\n${journal}\n`);
    chmodSync(join(folder, 'journalctl'), 0o755);
  }
  const refused = () => {
    throw Object.assign(new Error('refused'), { code: ring as string });
  };
  const log = kernelLog({
    ring: typeof ring === 'string' ? refused : () => ring,
    journalctl: join(folder, 'journalctl'),
    roots: { proc: join(folder, 'proc'), sys: join(folder, 'sys') },
  });
  return {
    put,
    read: (msAgo = 60_000) => log.read({ from: Date.now() - msAgo, to: Date.now() }),
    asked: () => (existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : ''),
  };
}

/** A journal that answers this. */
function journalOf(lines: readonly Written[]): string {
  const file = join(temporaryFolder(), 'journal');
  writeFileSync(file, journalText(lines));
  return `cat ${file}`;
}

describe('the ring that root may read', () => {
  test('gives its telling lines with their instants, and reaches back to its first', async () => {
    const ring = [record(120_000, 'eth0: renamed'), record(30_000, KILLED), record(20_000, 'eth0: renamed')];
    const found = await machine({ ring }).read();
    if ('blind' in found) throw new Error(found.blind);
    expect(found.entries).toEqual([{ at: expect.any(Number), writer: 'kernel', text: KILLED }]);
    expect(Math.abs((found.entries[0]?.at ?? 0) - (Date.now() - 30_000))).toBeLessThan(2_000);
    expect(Math.abs(found.since - (Date.now() - 120_000))).toBeLessThan(2_000);
  });

  test('holds nothing of the kernel that a program wrote into it', async () => {
    const found = await machine({ ring: [record(30_000, 'x'), record(9_000, KILLED, { priority: 11 })] }).read();
    expect(found).toMatchObject({ entries: [] });
  });

  test('that was never overwritten is complete since the boot, and is not mixed with the journal', async () => {
    const seen = machine({ ring: [record(30_000, 'Linux version', { sequence: 0 })], journal: journalOf([]) });
    const found = await seen.read();
    if ('blind' in found) throw new Error(found.blind);
    expect(Math.abs(found.since - (Date.now() - AGE))).toBeLessThan(2_000);
    expect(seen.asked()).not.toContain('_TRANSPORT=kernel');
  });

  test('is timed by the time since boot where the scheduler does not tell its clock', async () => {
    const microseconds = Math.round(uptime() * 1_000_000);
    const seen = machine({ ring: [`6,9,${microseconds},-;${KILLED}`] });
    seen.put('sys/kernel/debug/sched/debug', 'nothing of it\n');
    const found = await seen.read();
    if ('blind' in found) throw new Error(found.blind);
    expect(Math.abs((found.entries[0]?.at ?? 0) - Date.now())).toBeLessThan(2_000);
  });

  test('gives nothing of long before', async () => {
    const ring = [record(120_000, KILLED), record(70_000, KILLED.replaceAll('10843', '7')), record(10_000, 'x')];
    expect(await machine({ ring }).read()).toMatchObject({ entries: [{ text: expect.stringContaining('process 7 ') }] });
  });

  test('with a line without end takes no memory for what is of no use', async () => {
    const many = function* () {
      yield record(50_000, 'first');
      for (let line = 0; line < 30_000; line++) yield record(30_000, line % 3 === 0 ? KILLED : 'x'.repeat(900));
    };
    const log = kernelLog({ ring: many, journalctl: '/nowhere', roots: { proc: '/nowhere', sys: '/nowhere' } });
    const found = await log.read({ from: 0, to: Date.now() });
    // A machine too slow for it says so; none keeps more than it may.
    if ('entries' in found) expect(found.entries.length).toBeLessThanOrEqual(10_000);
    else expect(found.blind).toContain('/dev/kmsg');
  });
});

describe('the journal', () => {
  test('gives what the ring has lost, of former boots too, and nothing twice', async () => {
    const ring = [record(20_000, 'eth0: renamed'), record(10_000, KILLED)];
    const journal = journalOf([
      { msAgo: 10_000, text: KILLED, boot: BOOT },
      { msAgo: 40_000, text: KILLED.replaceAll('10843', '7'), boot: BOOT },
      { msAgo: 50_000, text: KILLED.replaceAll('10843', '5') },
      { msAgo: 90_000, text: KILLED.replaceAll('10843', '3') },
    ]);
    const found = await machine({ ring, journal }).read();
    if ('blind' in found) throw new Error(found.blind);
    expect(found.entries.map(({ text }) => /process (\d+)/.exec(text)?.[1])).toEqual(['5', '7', '10843']);
    expect(found.source).toBe('/dev/kmsg and journalctl');
    // What stands a little before is asked for too.
    expect(found.since).toBeLessThanOrEqual(Date.now() - 60_000);
    expect(found.since).toBeGreaterThan(Date.now() - 90_000);
  });

  test('gives all where the ring is for root alone', async () => {
    const seen = machine({
      ring: 'EPERM',
      journal: journalOf([
        { msAgo: 1_000, text: 'eth0: renamed' },
        { msAgo: 30_000, text: KILLED },
      ]),
    });
    const found = await seen.read();
    expect(found).toMatchObject({ entries: [{ text: KILLED, writer: 'kernel' }], source: 'journalctl' });
    if ('since' in found) expect(Math.abs(found.since - (Date.now() - 30_000))).toBeLessThan(2_000);
    expect(seen.asked()).toContain('_TRANSPORT=kernel');
  });

  test('tells of programs that kill where the ring is complete', async () => {
    const ring = [record(120_000, 'x'), record(10_000, KILLED)];
    const journal = journalOf([{ msAgo: 20_000, text: OOMD, unit: 'systemd-oomd.service' }]);
    expect(await machine({ ring, journal }).read()).toMatchObject({
      entries: [{ writer: 'systemd-oomd', text: OOMD }, { writer: 'kernel' }],
      source: '/dev/kmsg',
    });
  });

  test.each([
    ['is not there', undefined],
    ['shows nothing to this user', 'exit 1'],
    ['is broken', 'head -c 200000 /dev/urandom'],
  ])('that %s leaves the kernel’s log unseen, and it is said why', async (_what, journal) => {
    for (const code of ['EPERM', 'EACCES', 'ENOENT', 'EIO'])
      expect(await machine({ ring: code, journal }).read()).toEqual({ blind: expect.stringContaining('/dev/kmsg') });
  });

  test('that does not answer, or never ends, costs less than a second beyond the ring, and leaves what came', async () => {
    const line = journalText([{ msAgo: 3_000, text: KILLED }]);
    const endless = join(temporaryFolder(), 'line');
    writeFileSync(endless, line);
    for (const journal of ['exec sleep 60', `while :; do cat ${endless}; done`, 'exec tr "\\0" x < /dev/zero']) {
      const begun = performance.now();
      const found = await machine({ ring: 'EPERM', journal }).read();
      expect(performance.now() - begun).toBeLessThan(5_000);
      if (journal.includes('cat')) expect(found).toMatchObject({ source: 'journalctl' });
      else expect(found).toHaveProperty('blind');
    }
  });
});

test('a ring that is a file or not there is no ring', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'kmsg'), '');
  expect([...ringRecords(join(folder, 'kmsg'))]).toEqual([]);
  expect(() => [...ringRecords(join(folder, 'none'))]).toThrow();
});
