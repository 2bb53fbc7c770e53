import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openIpc } from '../engine-api-driver.ts';
import { beaconArguments, gethArguments, type PairPorts } from './arguments.ts';
import { type BeaconApi, beaconApi } from './beacon-api.ts';
import type { Binaries } from './binaries.ts';
import { freePorts } from './free-ports.ts';
import type { NetworkFiles } from './make-files.ts';
import type { Part } from './part.ts';
import { runOnce } from './run-once.ts';
import { until } from './until.ts';

/** A geth and its beacon node, and where others reach them: every address is one that this machine and its containers can use. */
export interface Pair {
  readonly geth: Part;
  readonly beacon: Part;
  /** JSON-RPC of geth: eth, net, web3. */
  readonly executionRpc: string;
  /** REST of the beacon node, with the light client's routes. */
  readonly beaconApi: string;
  readonly enode: string;
  /** The beacon node's multiaddress, with its id. */
  readonly multiaddress: string;
  /** Where a validator reaches the beacon node, on 127.0.0.1. */
  readonly grpc: number;
}

/** What a pair is started with; `begin` starts a part and watches over it. */
export interface PairOrder {
  /** Of the pair's folder and, where it is not the first one, behind its parts' names. */
  readonly number: number;
  readonly folder: string;
  readonly files: NetworkFiles;
  readonly chainId: number;
  readonly host: string;
  readonly jwt: string;
  readonly programs: Binaries;
  /** The pair it follows. */
  readonly follows: Pair | undefined;
  readonly signal: AbortSignal;
  begin(name: string, program: string, args: readonly string[]): Promise<Part>;
}

const START_SECONDS = 60;

/** Starts a pair; resolves when both of its parts answer. */
export async function startPair(order: PairOrder): Promise<Pair> {
  const { number, folder, files, programs, follows, signal } = order;
  const suffix = number === 1 ? '' : `-${number}`;
  const gethData = join(folder, `geth${suffix}`);
  const beaconData = join(folder, `beacon-chain${suffix}`);
  for (const path of [gethData, beaconData]) mkdirSync(path);
  const ports = await choosePorts();
  const beaconPeers = follows === undefined ? [] : [follows.multiaddress];
  const request = { ...order, ports, gethData, beaconData, beaconPeers };
  await runOnce(programs.geth, ['init', `--datadir=${gethData}`, '--state.scheme=path', files.genesis], signal);
  const geth = await order.begin(`geth${suffix}`, programs.geth, gethArguments(request));
  const enode = await meetGeth(join(gethData, 'geth.ipc'), follows?.enode, signal);
  const beacon = await order.begin(`beacon-chain${suffix}`, programs.beaconChain, beaconArguments(request));
  const api = beaconApi(`http://${order.host}:${ports.rest}`);
  const multiaddress = await beaconAddress(api, order.host, ports.beacon, signal);
  return {
    geth,
    beacon,
    executionRpc: `http://${order.host}:${ports.rpc}`,
    beaconApi: api.url,
    enode,
    multiaddress,
    grpc: ports.grpc,
  };
}

async function choosePorts(): Promise<PairPorts> {
  const [rpc = 0, engine = 0, geth = 0, rest = 0, grpc = 0, beacon = 0] = await freePorts(6);
  return { rpc, engine, geth, rest, grpc, beacon };
}

/** Waits for geth, makes it a peer of another where there is one, and gives its own address. */
async function meetGeth(socket: string, peer: string | undefined, signal: AbortSignal): Promise<string> {
  const ipc = await until('geth answers', START_SECONDS, signal, () => openIpc(socket));
  try {
    if (peer !== undefined) await ipc.call('admin_addPeer', [peer]);
    return (await ipc.call<{ readonly enode: string }>('admin_nodeInfo', [])).enode.replace(/\?.*/, '');
  } finally {
    ipc.close();
  }
}

async function beaconAddress(api: BeaconApi, host: string, port: number, signal: AbortSignal): Promise<string> {
  const id = await until('the beacon node answers', START_SECONDS, signal, () => api.peerId());
  return `/ip4/${host}/tcp/${port}/p2p/${id}`;
}
