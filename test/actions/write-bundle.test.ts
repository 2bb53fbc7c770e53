import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { writeBundle } from '../../src/actions/write-bundle.ts';
import { ManifestSchema, MOST_BYTES } from '../../src/diagnosis/bundle/manifest.ts';
import type { CaseEvidence } from '../../src/diagnosis/evidence.ts';
import { NodectlError } from '../../src/errors.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { LogLine } from '../../src/ports/engine.ts';
import type { World } from '../../src/ports.ts';
import { makeCase } from '../diagnosis/case-factory.ts';
import { errorOfPromise } from '../error-code.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { PROFILES } from '../profile-files.ts';

const HASHED = { ips: 'hash', enodes: 'hash' } as const;
const KEY = '4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const LEAKS = ['hunter2', 'swordfish', 'open-sesame', 'letmein99', KEY.slice(0, 16), '83.12.3.4'];

/** A world whose only container logs `lines`, and the files that a bundle of it would hold. */
async function bundleWorld(lines: readonly LogLine[] | (() => AsyncIterable<LogLine>)) {
  const { engine, world: base, add, interrupt } = fakeNodes();
  await add('dev');
  const container = (await engine.inspect('nodectl-dev')) as ObservedContainer;
  engine.logs = async function* (_, { tail = lines.length }) {
    yield* typeof lines === 'function' ? lines() : lines.slice(-tail);
  };
  const files = new Map<string, string>();
  const world: World = {
    ...base,
    profiles: async () => PROFILES,
    bundles: async () => ({
      refuse: () => {},
      async write(_path, _folder, written) {
        for (const { name, text } of written) files.set(name, text);
        return 1;
      },
    }),
  };
  return { world, container, files, engine, interrupt };
}

function line(text: string, stream: LogLine['stream'] = 'stderr'): LogLine {
  return { stream, time: '2026-11-21T12:00:00.000000000Z', text };
}

/** Evidence with a secret at every place where one can be. */
function leaky(container: ObservedContainer): CaseEvidence {
  const settings = {
    args: ['--ethstats', 'dev:swordfish@stats.example', '--nodekeyhex', KEY, '--rpc.token=open-sesame', '--http'],
    env: { API_TOKEN: 'hunter2', WHATEVER: 'letmein99', GOMEMLIMIT: '512MiB' },
    labels: { ...container.labels, 'org.example.password': 'hunter2', 'org.example.url': 'https://u:hunter2@example.org/swordfish' },
  };
  return makeCase({
    node: 'dev',
    container: { ...container, ...settings, error: 'dial https://u:hunter2@example.org: no route' },
    events: [
      {
        ...{ time: 1, action: 'die', containerId: container.id, containerName: container.name, labels: {}, exitCode: 137 },
        attributes: { 'com.example.secret': 'swordfish', note: 'peer 83.12.3.4' },
      },
    ],
    kernel: { blind: 'the journal at https://u:hunter2@example.org was not readable' },
    signed: [{ signature: 'x', kind: 'fatal', meaning: 'it ended', at: 1, text: `Fatal: bad key ${KEY}` }],
    lastLines: [{ at: 1, text: 'password=hunter2' }],
    journal: [{ time: 1, kind: 'start', data: { note: 'sent open-sesame' } }],
  });
}

test('a bundle holds no secret in any of its files, and tells what it holds', async () => {
  const text = [
    'INFO start swordfish, open-sesame',
    'WARN dialed 83.12.3.4:30303',
    '-----BEGIN PRIVATE KEY-----',
    'hunter2',
    '-----END PRIVATE KEY-----',
    'INFO end',
  ];
  const { world, container, files } = await bundleWorld(text.map((each) => line(each)));
  const evidence = leaky(container);
  const report = await writeBundle(
    { path: 'x.tar.gz', policy: HASHED },
    { report: { remedy: 'password: hunter2' }, cases: [{ evidence }] },
    world,
  );
  const all = [...files.values()].join('\n');
  for (const leak of LEAKS) expect(all).not.toContain(leak);
  expect(all).toContain(container.id);
  expect(all).toContain('GOMEMLIMIT');
  expect(all).toContain('512MiB');
  expect(files.get('nodectl-dev/log.txt')).toMatch(/INFO start \*\*\*, \*\*\*[\s\S]*INFO end/);
  const manifest = ManifestSchema.parse(JSON.parse(files.get('manifest.json') ?? ''));
  expect(manifest.files).toEqual(report.files);
  expect([...files.keys()]).toEqual(['manifest.json', ...manifest.files.map(({ name }) => name)]);
  for (const file of manifest.files) {
    const held = files.get(file.name) ?? '';
    expect(file.sha256).toBe(createHash('sha256').update(held).digest('hex'));
    expect(file.bytes).toBe(Buffer.byteLength(held));
  }
  expect(manifest.files.find(({ name }) => name === 'nodectl-dev/log.txt')?.redacted).toMatchObject({ keys: 1, addresses: 1 });
});

test('two bundles of one node give its peers different names', async () => {
  const { world, container, files } = await bundleWorld([line('peer 83.12.3.4')]);
  const subject = { report: {}, cases: [{ evidence: makeCase({ container }) }] };
  const logs: (string | undefined)[] = [];
  for (const _ of [1, 2]) {
    await writeBundle({ path: 'x', policy: HASHED }, subject, world);
    logs.push(files.get('nodectl-dev/log.txt'));
  }
  expect(logs[0]).toContain('peer ip-');
  expect(logs[0]).not.toBe(logs[1]);
});

test('of a log without end the last lines are in it, and no more than a bundle may hold', async () => {
  async function* endless(): AsyncGenerator<LogLine> {
    for (let index = 0; index < 20_000; index++) yield line(`INFO ${index} ${'Words '.repeat(300)}`);
  }
  const { world, container, files } = await bundleWorld(endless);
  const report = await writeBundle({ path: 'x', policy: HASHED }, { report: {}, cases: [{ evidence: makeCase({ container }) }] }, world);
  const log = files.get('nodectl-dev/log.txt') ?? '';
  expect(log).toContain('INFO 19999 ');
  expect(log).not.toContain('INFO 1 ');
  expect(report.files.at(-1)?.cut).toBe(true);
  expect([...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(MOST_BYTES);
}, 60_000);

test('a container without a log is told to be so, and the rest is written', async () => {
  const { world, container, files, engine } = await bundleWorld([]);
  // biome-ignore lint/correctness/useYield: it fails before its first line
  engine.logs = async function* () {
    throw new NodectlError('ENGINE_FAILED', 'configured logging driver does not support reading: hunter2@83.12.3.4');
  };
  const report = await writeBundle({ path: 'x', policy: HASHED }, { report: {}, cases: [{ evidence: makeCase({ container }) }] }, world);
  expect(report.missing.map(({ what }) => what)).toEqual(['nodectl-dev/log.txt']);
  expect(report.missing[0]?.why).not.toContain('hunter2');
  expect(files.has('nodectl-dev/container.json')).toBe(true);
});

test('who interrupts gets no bundle, also where the log just ends', async () => {
  for (const throws of [true, false]) {
    const { world, container, files, engine, interrupt } = await bundleWorld([]);
    // biome-ignore lint/correctness/useYield: it ends before its first line
    engine.logs = async function* () {
      interrupt();
      if (throws) throw new NodectlError('INTERRUPTED', 'Interrupted.');
    };
    const writing = writeBundle({ path: 'x', policy: HASHED }, { report: {}, cases: [{ evidence: makeCase({ container }) }] }, world);
    expect((await errorOfPromise(writing)).code).toBe('INTERRUPTED');
    expect(files.size).toBe(0);
  }
});
