import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StopReport } from '../../src/actions/stop-node.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { requires } from '../require.ts';
import { type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';
import { type StandInExecution, standInExecution } from '../stand-in/execution.ts';
import { loadVerifiedProxy } from '../stand-in/verified-proxy.ts';
import { removeNodes } from './chain-view.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet } from './engine-view.ts';

const able = await requires('docker', 'root');
const NODE = 'ts-light-public';
const NOBODY = 'ts-light-nobody';
const IMAGE = 'nodectl-test/verified-proxy:v1';
const KEY = 'SECRETKEY';

interface Failure {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly facts: Readonly<Record<string, string>>;
  };
}

describe.skipIf(!able)('up --syncmode light on mainnet', { timeout: 60_000 }, () => {
  let execution: StandInExecution;
  let beacons: readonly StandInBeacon[];
  let words: readonly string[];

  const config = () => {
    const { Mountpoint } = engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${NODE}`);
    const path = join(Mountpoint, 'proxy.toml');
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777, uid: statSync(path).uid };
  };

  beforeAll(async () => {
    await removeNodes(NODE);
    await loadVerifiedProxy(IMAGE);
    execution = await standInExecution();
    beacons = [await standInBeacon(), await standInBeacon()];
    const apis = beacons.flatMap(({ url }) => ['--beacon-api', url]);
    words = ['up', '--syncmode', 'light', '--name', NODE, '--port', 'auto', '--execution-rpc', `${execution.url}/${KEY}`, ...apis];
  });

  afterAll(async () => {
    await removeNodes(NODE);
    await Promise.all([execution, ...(beacons ?? [])].map((server) => server?.close()));
    execFileSync('docker', ['rmi', IMAGE], { stdio: 'ignore' });
  });

  it('plans exactly this container of Nimbus Verified Proxy', async () => {
    const { dryRun, spec, dockerRun, steps, notes } = await nodectlJson<UpReport>([...words, '--dry-run', '--cpus', '1', '--swap', '0']);
    expect(dryRun).toBe(true);
    expect(spec).toMatchObject({
      mode: 'light',
      geth: '',
      image: { ref: 'statusim/nimbus-verified-proxy:master', id: '', digest: null, origin: 'pulled' },
      memory: 512 * 2 ** 20,
      ports: { p2p: null },
      consensus: null,
      light: {
        backend: 'nimbus-verified-proxy',
        executionRpcs: [execution.url],
        beaconApis: beacons.map(({ url }) => url),
        own: { execution: true, beacon: true },
      },
    });
    const { http, ws } = spec.ports;
    const parts = [
      ...['docker run -d', `--name nodectl-${NODE}`, '--memory 536870912 --memory-swap 536870912', '--cpus 1 --pids-limit 512'],
      ...['--user 1000:1000 --cap-drop ALL --security-opt no-new-privileges --read-only'],
      ...[`--mount type=volume,source=nodectl-${NODE},target=/config`],
      ...[
        `-p 127.0.0.1:${http}:8545/tcp -p 127.0.0.1:${ws}:8546/tcp`,
        '--label nodectl.role=light',
        '--stop-signal SIGINT --stop-timeout 20',
      ],
    ];
    for (const part of parts) expect(dockerRun).toContain(part);
    // Its own entrypoint names the configuration file; nothing else is said in its arguments.
    expect(dockerRun).toMatch(/statusim\/nimbus-verified-proxy:master$/);
    expect(steps.map(({ kind }) => kind)).toEqual([
      ...['provide-image', 'create-volume', 'prepare-volume', 'create-volume', 'prepare-volume', 'create-container', 'start-container'],
    ]);
    expect(notes.some((note) => note.includes(execution.url) && note.includes('verified'))).toBe(true);
    expect(JSON.stringify({ dockerRun, steps, notes, spec })).not.toContain(KEY);
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
  });

  it('runs an image of one’s own with a configuration that only its user reads', async () => {
    const finalized = () => beacons.slice(0, 1).map((beacon) => `trusted-block-root = "${beacon.rootOf(beacon.epoch())}"`);
    const before = finalized();
    const up = await nodectlJson<UpReport>([...words, '--image', IMAGE]);
    expect(up.start?.ready?.head).toBe(20_000_000);
    const { text, mode, uid } = config();
    expect([mode, uid]).toEqual([0o600, 1000]);
    const [network, root, ...rest] = text.split('\n');
    // An epoch may end between nodectl's question and this one.
    expect([...before, ...finalized()]).toContain(root);
    expect([network, ...rest]).toEqual([
      'network = "mainnet"',
      `execution-api-url = ["${execution.url}/${KEY}"]`,
      `beacon-api-url = ["${beacons.map(({ url }) => url).join('", "')}"]`,
      'listen-url = ["http://0.0.0.0:8545", "ws://0.0.0.0:8546"]',
      'log-level = "FATAL"',
      'log-format = "nocolors"',
      '',
    ]);
    expect((await nodectl(['logs', NODE])).stdout).not.toContain(KEY);
    const status = await nodectlJson<NodeStatus>(['status', NODE]);
    expect(status).toMatchObject({
      healthy: true,
      sync: { state: 'at-head' },
      light: { backend: 'nimbus-verified-proxy', proof: 'holds' },
    });
    expect((await nodectlJson<UpReport>([...words, '--image', IMAGE])).changed).toBe(false);
  });

  it('ends it by the signal that it knows', async () => {
    const stopped = await nodectlJson<StopReport>(['stop', NODE]);
    expect(stopped.shutdown).toMatchObject({ clean: true, exitCode: 0 });
    expect(stopped.tookMs).toBeLessThan(10_000);
    await nodectlJson(['start', NODE]);
  });

  it('asks the same servers of one’s own when it comes back, also after its container was removed', async () => {
    await nodectlJson(['down', NODE]);
    const asked = execution.asked.length;
    const up = await nodectlJson<UpReport>(['up', '--name', NODE, '--image', IMAGE, '--port', 'auto']);
    expect(up.spec).toMatchObject({ mode: 'light', light: { own: { execution: true, beacon: true } } });
    expect(execution.asked.length).toBeGreaterThan(asked);
    expect(config().text).toContain(KEY);
  });

  it('starts nothing where the servers do not pass, and names each with its reason', async () => {
    await nodectlJson(['stop', NODE]);
    execution.manners.executionFault = 'no-proof';
    const ran = await nodectl(['start', NODE, '--json']);
    execution.manners.executionFault = undefined;
    const { error } = JSON.parse(ran.stderr.slice(ran.stderr.indexOf('{'))) as Failure;
    expect([ran.code, error.code]).toEqual([4, 'ENDPOINTS_REFUSED']);
    expect(Object.keys(error.facts).some((fact) => fact.includes(execution.url))).toBe(true);
    expect(ran.stderr).not.toContain(KEY);
    expect(error.hint).toContain('--execution-rpc');
  });

  it('turns to nobody else where the addresses of one’s own are gone, and takes them again', async () => {
    const { Mountpoint } = engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${NODE}.secret`);
    rmSync(join(Mountpoint, 'endpoints.json'));
    for (const command of [
      ['start', NODE],
      ['up', '--name', NODE, '--image', IMAGE],
    ]) {
      const ran = await nodectl([...command, '--json']);
      const { error } = JSON.parse(ran.stderr.slice(ran.stderr.indexOf('{'))) as Failure;
      expect([ran.code, error.code, error.hint.includes('--execution-rpc')]).toEqual([4, 'ENDPOINTS_REFUSED', true]);
    }
    const up = await nodectlJson<UpReport>([...words, '--image', IMAGE]);
    expect(up.spec.light?.own).toEqual({ execution: true, beacon: true });
    expect(config().text).toContain(KEY);
  });

  it('makes nothing where nobody answers, and names both options', async () => {
    const nobody = ['--execution-rpc', 'http://127.0.0.1:9', '--beacon-api', 'http://127.0.0.1:10', '--beacon-api', 'http://127.0.0.1:11'];
    const ran = await nodectl(['up', '--syncmode', 'light', '--name', NOBODY, '--port', 'auto', '--json', ...nobody]);
    const { error } = JSON.parse(ran.stderr) as Failure;
    expect([ran.code, error.code, Object.keys(error.facts).length]).toEqual([4, 'ENDPOINTS_REFUSED', 3]);
    for (const option of ['--execution-rpc', '--beacon-api']) expect(error.hint).toContain(option);
    expect(belongings(NOBODY)).toEqual({ containers: [], volumes: [] });
  });

  it.each([
    [['--geth-version', '1.17.8'], 'UNSUPPORTED_OPTION'],
    [['--history', 'postmerge'], 'UNSUPPORTED_OPTION'],
    [['--light-backend', 'lodestar-prover'], 'UNSUPPORTED_OPTION'],
    [['--memory', '64M'], 'IMPOSSIBLE_BUDGET'],
    [['--', '--cache', '64'], 'UNSUPPORTED_OPTION'],
  ])('refuses %j before anything is asked', async (more, code) => {
    const asked = execution.asked.length;
    const ran = await nodectl(['up', '--syncmode', 'light', '--name', NOBODY, '--json', ...more]);
    expect([ran.code, (JSON.parse(ran.stderr) as Failure).error.code]).toEqual([2, code]);
    expect(execution.asked.length).toBe(asked);
  });
});
