import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { DownReport } from '../../src/actions/down.ts';
import type { StartedReport } from '../../src/actions/start.ts';
import type { StopReport } from '../../src/actions/stop-node.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { beaconApi } from '../pos/beacon-api.ts';
import { type Network, startNetwork } from '../pos/network.ts';
import { ownPorts } from '../pos/own-ports.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, ENGINE_SOCKET, engineGet, until } from './engine-view.ts';

// A part's process is killed and its volume written to on the engine's host.
const able = await requires('docker', 'go', 'root');
const NODE = 'ts-consensus-life';
const ALONE = 'ts-consensus-alone';
const GETH = `nodectl-${NODE}`;
const CLIENT = `${GETH}.consensus`;
/** On two busy CPUs Prysm takes up to a minute from its start to its first answer. */
const LONG = 300_000;

const LIMITS = ['--memory', '1G', '--swap', '0', '--timeout', '10m'];

const json = <T>(...words: string[]) => nodectlJson<T>(words);
const status = async (node = NODE) => {
  const { stdout } = await nodectl(['status', node, '--json', '--timeout', '10s']);
  return JSON.parse(stdout) as NodeStatus;
};
const seen = ({ healthy, sync, consensus }: NodeStatus) => ({ healthy, geth: sync.state, client: consensus?.state.state });
const WELL = { healthy: true, geth: 'at-head', client: 'following' };
const untilSeen = (wanted: object, what: string, node = NODE) =>
  until(
    async () => {
      const now = await status(node);
      return Object.entries(wanted).every(([name, value]) => seen(now)[name as keyof ReturnType<typeof seen>] === value) ? now : undefined;
    },
    what,
    LONG,
  );
const pidOf = (container: string) => engineGet<{ State: { Pid: number } }>(`/containers/${container}/json`).State.Pid;
const restartsOf = (container: string) => engineGet<{ RestartCount: number }>(`/containers/${container}/json`).RestartCount;
/** Ends a container's process as a person would, from outside: the engine does not start it again. */
const killByEngine = (container: string) =>
  execFileSync('curl', ['-fsS', '-X', 'POST', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/${container}/kill?signal=SIGKILL`]);
/**
 * Makes the network's beacon node keep a client that ends often. Prysm 7 takes a peer for bad, for hours, after six answers that
 * broke off, and a client that was frozen or killed owes it some; it has no other peer here.
 */
const trustClient = async (network: Network, id: string) => {
  const { Networks } = engineGet<{ NetworkSettings: { Networks: Record<string, { IPAddress: string }> } }>(
    `/containers/${CLIENT}/json`,
  ).NetworkSettings;
  await beaconApi(network.first.beaconApi).trust(`/ip4/${Object.values(Networks)[0]?.IPAddress}/tcp/9000/p2p/${id}`);
};

describe.skipIf(!able)('a pair of geth and Prysm on a proof-of-stake network', { timeout: 2 * LONG }, () => {
  let network: Network;
  /** The client's id as a peer, which stays. */
  let id: string;
  /**
   * Waits until both heads are beyond those of a status, both parts are well, and the network's beacon node has greeted the client.
   * A client that ends before that and comes back at once finds its new connection taken for the old one and is never greeted
   * (Prysm 7.0.0, beacon-chain/p2p/handshake.go: one greeting of a peer at a time, each of ten seconds).
   */
  const untilBeyond = async (before: NodeStatus) => {
    const beyond = async () => {
      const now = await status();
      const moved =
        (now.head?.number ?? 0) > (before.head?.number ?? 0) && (now.consensus?.headSlot ?? 0) > (before.consensus?.headSlot ?? 0);
      return moved && now.healthy && (await beaconApi(network.first.beaconApi).knows(id)) ? now : undefined;
    };
    return until(beyond, 'heads that move', LONG);
  };

  beforeAll(async () => {
    for (const node of [NODE, ALONE]) await nodectl(['down', node, '--volumes', '--yes']);
    network = await startNetwork();
    // From its genesis, since one provider of checkpoints has nobody who agrees with it.
    const { endpoints: _one, ...genesisOnly } = parse(readFileSync(network.profile, 'utf8')) as Record<string, unknown>;
    const profile = join(network.folder, 'genesis-only.yaml');
    writeFileSync(profile, stringify(genesisOnly));
    const up = await json<UpReport>('up', '--name', NODE, '--network', profile, ...ownPorts(0), ...LIMITS, '--wait', 'synced');
    expect(up.start).toMatchObject({ ready: { head: expect.any(Number) }, consensus: { headSlot: expect.any(Number) } });
    id = await beaconApi((await status()).consensus?.restEndpoint ?? '').peerId();
    await trustClient(network, id);
  }, 4 * LONG);
  afterAll(async () => {
    for (const node of [NODE, ALONE]) await nodectl(['down', node, '--volumes', '--yes']);
    await network?.stop();
  }, 120_000);

  it('is well, and sees finality move', async () => {
    expect(seen(await status())).toEqual(WELL);
    const first = await until(async () => ((await status()).consensus?.finalizedEpoch ?? 0) > 0 || undefined, 'a finalized epoch', LONG);
    expect(first).toBe(true);
    const { consensus } = await status();
    await until(
      async () => ((await status()).consensus?.finalizedEpoch ?? 0) > (consensus?.finalizedEpoch ?? 0) || undefined,
      'a later one',
      LONG,
    );
  });

  it('stops in good order, says what is stopped, and goes on from there', async () => {
    const before = await status();
    expect(await json<StopReport>('stop', NODE)).toMatchObject({
      shutdown: { clean: true },
      consensus: { client: 'prysm', wasRunning: true, shutdown: { clean: true, exitCode: 0 } },
    });
    expect(seen(await status())).toEqual({ healthy: false, geth: 'stopped', client: 'stopped' });
    expect(await json<StopReport>('stop', NODE)).toMatchObject({ wasRunning: false, consensus: { wasRunning: false } });
    expect((await json<StartedReport>('start', NODE, '--wait', 'synced')).start).toMatchObject({ uncleanEnd: null, headFell: null });
    await untilBeyond(before);
  });

  it('restarts in good order', async () => {
    const before = await status();
    const { stop } = await json<StartedReport>('restart', NODE, '--wait', 'synced');
    expect(stop).toMatchObject({ shutdown: { clean: true }, consensus: { shutdown: { clean: true } } });
    await untilBeyond(before);
  });

  it('whose client does not end is stopped all the same, also by a nodectl that is killed meanwhile, and that is told', async () => {
    const before = await status();
    process.kill(pidOf(CLIENT), 'SIGSTOP');
    const first = await nodectl(['stop', NODE], {
      started: (child) => void setTimeout(() => child.kill('SIGKILL'), 3_000),
    });
    expect(first.code).toBeNull();
    expect(await nodectlJson<StopReport>(['stop', NODE], { exit: 3 })).toMatchObject({
      shutdown: { clean: true },
      consensus: { shutdown: { clean: false, exitCode: 137 } },
    });
    expect(seen(await status())).toEqual({ healthy: false, geth: 'stopped', client: 'dead' });
    await json<StartedReport>('start', NODE, '--wait', 'synced');
    await untilBeyond(before);
  });

  it('whose geth was killed says so, and start mends it', async () => {
    const before = await status();
    killByEngine(GETH);
    const now = await status();
    expect(seen(now)).toEqual({ healthy: false, geth: 'dead', client: 'execution-offline' });
    expect(now.notes.join()).toContain(`nodectl start ${NODE}`);
    expect((await json<StartedReport>('start', NODE, '--wait', 'synced')).start.uncleanEnd).toContain('137');
    await untilBeyond(before);
  });

  it('whose consensus client was killed says so, and start mends it', async () => {
    const before = await status();
    killByEngine(CLIENT);
    const now = await status();
    expect(seen(now)).toMatchObject({ healthy: false, client: 'dead' });
    expect(now.notes.join()).toContain('--consensus');
    await json<StartedReport>('start', NODE, '--wait', 'synced');
    await untilBeyond(before);
  });

  it.each([
    ['geth', [GETH]],
    ['the consensus client', [CLIENT]],
    ['both', [GETH, CLIENT]],
  ] as const)('mends itself after a crash of %s', async (_what, parts) => {
    const before = await status();
    const restarts = parts.map(restartsOf);
    for (const pid of parts.map(pidOf)) process.kill(pid, 'SIGKILL');
    await until(() => parts.every((part, at) => restartsOf(part) > (restarts[at] ?? 0)) || undefined, 'a new start by the engine', LONG);
    await untilBeyond(before);
  });

  it('tells of a key that geth refuses, and restart mends it', async () => {
    const { Mountpoint } = engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${NODE}.secret`);
    const file = join(Mountpoint, 'jwt.hex');
    writeFileSync(file, `${'ab'.repeat(32)}\n`);
    process.kill(pidOf(GETH), 'SIGKILL');
    const now = await untilSeen({ client: 'not-authenticated' }, 'a refused key');
    expect(now.healthy).toBe(false);
    expect(now.notes.join()).toContain(`nodectl restart ${NODE}`);
    await json<StartedReport>('restart', NODE, '--wait', 'synced');
    await untilBeyond(now);
  });

  it('whose network makes no blocks is frozen, though its client takes itself for healthy, and follows when they come again', async () => {
    const validator = network.parts.find(({ name }) => name.startsWith('validator'));
    process.kill(validator?.pid ?? 0, 'SIGSTOP');
    try {
      const now = await untilSeen({ client: 'frozen' }, 'a frozen head');
      expect(now).toMatchObject({ healthy: false, consensus: { elOffline: false, optimistic: false } });
      const { consensus } = now;
      expect((await fetch(`${consensus?.restEndpoint}/eth/v1/node/health`)).status).toBe(200);
    } finally {
      process.kill(validator?.pid ?? 0, 'SIGCONT');
    }
    await untilSeen(WELL, 'blocks again');
  });

  it('shows the log of each part, and both in a row', async () => {
    expect((await nodectl(['logs', NODE, '--consensus', '--tail', '20'])).stdout).toMatch(/^time="/m);
    expect((await nodectl(['logs', NODE, '--tail', '20'])).stdout).not.toMatch(/^time="/m);
    const { nodes } = await json<{ nodes: readonly { node: string }[] }>('ls');
    expect(nodes.find(({ node }) => node === NODE)).toMatchObject({ state: 'running', consensus: { client: 'prysm', state: 'running' } });
  });

  it('goes down with everything it had, and nothing else', async () => {
    const report = await json<DownReport>('down', NODE, '--volumes', '--yes');
    expect(report.removed.volumes.toSorted()).toEqual([GETH, CLIENT, `${GETH}.secret`].toSorted());
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
  });

  it('that begins at a checkpoint and whose geth has no peer to fetch the blocks before it from says so, and a peer mends it', async () => {
    const { staticPeers: _peers, ...peerless } = parse(readFileSync(network.profile, 'utf8')) as Record<string, unknown>;
    const profile = join(network.folder, 'peerless.yaml');
    writeFileSync(profile, stringify(peerless));
    await network.finalized();
    // One provider has nobody who agrees with it.
    const checkpoint = ['--checkpoint-url', network.first.beaconApi, '--force'];
    await json<UpReport>('up', '--name', ALONE, '--network', profile, ...checkpoint, ...ownPorts(1), ...LIMITS, '--wait', 'rpc');

    const now = await untilSeen({ client: 'execution-alone' }, 'a geth with nobody to ask', ALONE);
    expect(now).toMatchObject({ healthy: false, peers: 0, head: { number: 0 }, consensus: { elOffline: false, optimistic: true } });
    expect(now.notes.join()).toContain(`nodectl peers add ${ALONE}`);
    expect((await nodectl(['status', ALONE, '--timeout', '10s'])).code).toBe(3);
    await json('peers', 'add', ALONE, network.first.enode);
    const mended = await untilSeen(WELL, 'the missing blocks', ALONE);
    expect(mended.head?.number).toBeGreaterThan(0);
    await json<DownReport>('down', ALONE, '--volumes', '--yes');
  });
});
