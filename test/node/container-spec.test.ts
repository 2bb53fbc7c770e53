import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containerSpec } from '../../src/node/container-spec.ts';
import { dockerRunLine } from '../../src/node/docker-run-line.ts';
import { GIB } from '../../src/node/size.ts';
import { readSpec, specLabel } from '../../src/node/spec.ts';
import { DEV, MAINNET, makeSpec } from './make-node.ts';

const around = { fileLimit: 1_048_576, swappiness: undefined, nodectlVersion: '0.1.0' };
const peers = makeSpec({
  network: 'mainnet',
  mode: 'snap',
  geth: '1.17.10',
  memory: 16 * GIB,
  ports: { http: 9545, ws: 9546, p2p: 30_304 },
});

describe('the container of a node', () => {
  const spec = containerSpec('dev', makeSpec(), DEV, around);

  test('carries the safety defaults', () => {
    expect(spec).toMatchObject({
      name: 'nodectl-dev',
      user: '1000:1000',
      readOnlyRoot: true,
      network: 'bridge',
      restart: 'on-failure',
      stopTimeoutSeconds: 300,
      log: { maxSize: '10m', maxFiles: 3 },
      mounts: [{ volume: 'nodectl-dev', target: '/data' }],
      tmpfs: { '/tmp': expect.stringContaining('noexec') },
      nofile: 65_536,
    });
    expect(spec.limits.pids).toBeGreaterThanOrEqual(256);
    expect(spec.limits.pids).toBeLessThanOrEqual(1024);
  });

  test('has memory and swap together, and CPUs in billionths', () => {
    expect(spec.limits).toMatchObject({ memory: GIB, memorySwap: 2 * GIB, nanoCpus: 500_000_000 });
    expect(containerSpec('dev', makeSpec({ swap: 0, cpus: 1.1 }), DEV, around).limits).toMatchObject({
      memorySwap: GIB,
      nanoCpus: 1_100_000_000,
    });
  });

  test('publishes JSON-RPC and WebSocket on 127.0.0.1 only, and no engine API', () => {
    expect(spec.ports).toEqual([
      { hostIp: '127.0.0.1', protocol: 'tcp', hostPort: 8545, containerPort: 8545 },
      { hostIp: '127.0.0.1', protocol: 'tcp', hostPort: 8546, containerPort: 8546 },
    ]);
  });

  test('opens the P2P port to the world where there are peers, under one number inside and outside', () => {
    const { ports } = containerSpec('mainnet', peers, MAINNET, around);
    expect(ports.filter(({ hostIp }) => hostIp !== '127.0.0.1')).toEqual(
      ['tcp', 'udp'].map((protocol) => ({ hostIp: '0.0.0.0', hostPort: 30_304, containerPort: 30_304, protocol })),
    );
  });

  test('swaps as the host does where a container would not follow that by itself', () => {
    const of = (swappiness: number | undefined) => containerSpec('dev', makeSpec(), DEV, { ...around, swappiness }).swappiness;
    expect([of(undefined), of(0), of(10), of(180)]).toEqual([undefined, 0, 10, 100]);
  });

  test('never asks for more open files than the engine may grant, and leaves an unknown limit alone', () => {
    const nofile = (fileLimit: number | undefined) => containerSpec('dev', makeSpec(), DEV, { ...around, fileLimit }).nofile;
    expect([20_000, 65_536, 1_048_576, undefined].map(nofile)).toEqual([20_000, 65_536, 65_536, undefined]);
  });

  test('never opens admin, debug or personal', () => {
    const apis = spec.args.flatMap((word, index) => (/^--(http|ws)\.api$/.test(word) ? (spec.args[index + 1] ?? '').split(',') : []));
    expect(apis.length).toBeGreaterThan(0);
    for (const name of ['admin', 'debug', 'personal', 'miner', 'engine']) expect(apis).not.toContain(name);
  });

  test('remembers its whole spec in its label', () => {
    expect(spec.labels).toEqual({
      'nodectl.node': 'dev',
      'nodectl.role': 'execution',
      'nodectl.spec': specLabel(makeSpec()),
      'nodectl.version': '0.1.0',
    });
    expect(readSpec(spec.labels)).toEqual(makeSpec());
  });

  test('is made from the image’s id, never from a name that may move', () => {
    expect(spec.image).toBe(makeSpec().image.id);
  });
});

describe('a label', () => {
  const broken = [
    '',
    'x',
    'null',
    '{}',
    '[]',
    JSON.stringify({ ...makeSpec(), v: 2 }),
    JSON.stringify({ ...makeSpec(), later: 1 }),
    '{'.repeat(1e5),
  ];
  test.each(broken)('that is broken or of another version is no spec: %#', (text) => {
    expect(readSpec({ 'nodectl.spec': text })).toBeUndefined();
  });

  test('is the same text for equal specs, in whatever order their keys are', () => {
    const { v, ...rest } = makeSpec();
    expect(specLabel({ ...rest, v })).toBe(specLabel(makeSpec()));
  });
});

describe('the docker run line', () => {
  test('says every default', () => {
    const line = dockerRunLine(containerSpec('dev', makeSpec(), DEV, around), 'ethereum/client-go:v1.17.8');
    const wanted = [
      '--memory 1073741824',
      '--memory-swap 2147483648',
      '--cpus 0.5',
      '--pids-limit 512',
      '--ulimit nofile=65536',
      '--user 1000:1000',
    ];
    const safety = ['--cap-drop ALL', '--security-opt no-new-privileges', '--read-only', '--stop-timeout 300', '--log-opt max-size=10m'];
    const rest = ['-p 127.0.0.1:8545:8545/tcp', '--mount type=volume,source=nodectl-dev,target=/data', '--restart on-failure'];
    for (const words of [...wanted, ...safety, ...rest]) expect(line).toContain(words);
    expect(line).toMatch(/ ethereum\/client-go:v1\.17\.8 --dev --datadir \/data /);
  });

  test('is split by a shell into the very words of the user', () => {
    const word = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\u0000'));
    const nasty = fc.constantFrom("'", '"', '$(id)', '`id`', '\\', '\n', ' ', '', '*', '~', '#', '!', "a'b\\'c", '$HOME', '&&', '-', 'ü');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, nasty), { minLength: 1, maxLength: 8 }), (extra) => {
        const spec = { ...containerSpec('dev', makeSpec(), DEV, around), args: extra };
        const { stdout } = spawnSync('sh', ['-c', `docker() { printf '%s\\0' "$@"; }; ${dockerRunLine(spec, 'image:v1')}`]);
        const words = stdout.toString().split('\u0000').slice(0, -1);
        expect(words.slice(words.indexOf('image:v1') + 1)).toEqual(extra);
        expect(words.slice(0, 4)).toEqual(['run', '-d', '--name', 'nodectl-dev']);
      }),
      { numRuns: 60 },
    );
  });
});
