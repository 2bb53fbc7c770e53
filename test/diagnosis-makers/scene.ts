import { gethImage } from '../geth-image.ts';
import { nodectl } from '../scenarios/cli.ts';
import { rpc, until } from '../scenarios/engine-view.ts';
import { docker, dockerTried, seen } from './docker.ts';

/** Who made the container: nodectl, or a person with `docker run`. */
export const WAYS = ['nodectl', 'docker run'] as const;
export type Way = (typeof WAYS)[number];

/** How a geth is begun; what is left out is a dev chain of geth 1.17.8 with half a gigabyte and no swap. */
export interface Beginning {
  readonly geth?: string;
  readonly image?: string;
  readonly memory?: string;
  readonly network?: string;
  /** Words for geth. */
  readonly words?: readonly string[];
  /** Words for `docker run` alone. */
  readonly run?: readonly string[];
  /** Words for `nodectl up` alone. */
  readonly up?: readonly string[];
  /** It will not answer: nobody waits for it. */
  readonly fails?: boolean;
}

/** One container, its volume, and what a maker of deaths does with them. Both ways have the same words. */
export interface Scene {
  readonly way: Way;
  readonly node: string;
  readonly container: string;
  readonly volume: string;
  /** The words after `nodectl diagnose`. */
  readonly target: readonly string[];
  begin(beginning?: Beginning): Promise<void>;
  /** JSON-RPC on its published port. */
  ask<T>(method: string, params?: readonly unknown[]): T;
  /** The host's id of its first process. */
  pid(): number;
  /** Where its volume lies on this host. */
  folder(): string;
  /** Resolves when the run ended that `pid` was the first process of; the engine may have begun another. */
  died(pid: number): Promise<void>;
  /** Ends it in good order and waits for it. */
  rest(): Promise<void>;
  /** Begins it again as it is, through the engine, and waits until that run ended or could not begin. */
  fallAgain(): Promise<void>;
  /** Something to be done when the container is removed, the last said first. */
  later(undo: () => unknown): void;
  /** Takes away whatever there is of it. */
  remove(): Promise<void>;
}

const GETH = '1.17.8';
const RPC = ['--http', '--http.addr', '0.0.0.0'];

export function openScene(way: Way, node: string): Scene {
  const container = way === 'nodectl' ? `nodectl-${node}` : node;
  const port = () => Number(docker('port', container, '8545/tcp').split('\n')[0]?.split(':').at(-1));
  const answers = () => {
    try {
      rpc(port(), 'eth_blockNumber');
      return true;
    } catch {
      return undefined;
    }
  };
  const undos: (() => unknown)[] = [];
  return {
    way,
    node,
    container,
    volume: container,
    target: way === 'nodectl' ? [node] : ['--container', container],
    begin: async (beginning = {}) => {
      await (way === 'nodectl' ? up(node, beginning) : run(container, beginning));
      if (beginning.fails !== true) await until(answers, `${container} to answer`, 60_000);
    },
    ask: (method, params) => rpc(port(), method, params),
    pid: () => seen(container)?.State.Pid ?? 0,
    folder: () => docker('volume', 'inspect', '-f', '{{.Mountpoint}}', container),
    died: async (pid) => {
      await until(() => (seen(container)?.State.Pid === pid ? undefined : true), `${container} to end`, 60_000);
    },
    rest: async () => {
      docker('stop', container);
    },
    fallAgain: async () => {
      await dockerTried('start', container);
      // One that the engine will start again is `restarting`, and running by another field.
      await until(() => (seen(container)?.State.Status === 'running' ? undefined : true), `${container} to end again`, 60_000);
    },
    later: (undo) => {
      undos.push(undo);
    },
    remove: async () => {
      await dockerTried('rm', '-f', '-v', container);
      for (const undo of undos.splice(0).reverse()) await undo();
      if (way === 'nodectl') await nodectl(['down', node, '--volumes', '--yes']);
      await dockerTried('volume', 'rm', '-f', container);
    },
  };
}

async function up(node: string, { geth = GETH, image, memory = '512M', network = 'dev', ...rest }: Beginning): Promise<void> {
  if (image === undefined) await gethImage(geth);
  const which = image === undefined ? ['--geth-version', geth] : ['--image', image];
  const limits = ['--memory', memory, '--swap', '0'];
  const words = ['up', '--name', node, '--network', network, ...which, ...limits, '--port', 'auto', '--timeout', '60s', '--yes'];
  const ran = await nodectl([...words, ...(rest.up ?? []), '--', ...(rest.words ?? [])]);
  if (ran.code !== 0 && rest.fails !== true) throw new Error(`nodectl up ended with ${ran.code}: ${ran.stderr}`);
}

async function run(container: string, { geth = GETH, image, memory = '512M', network = 'dev', ...rest }: Beginning): Promise<void> {
  const reference = image ?? (await gethImage(geth));
  const chain = network === '' ? [] : [`--${network}`];
  const limits = ['-m', memory, '--memory-swap', memory];
  const place = ['--name', container, '-p', '127.0.0.1::8545', '-v', `${container}:/data`];
  const words = ['run', '-d', ...place, ...limits, ...(rest.run ?? []), reference];
  const geths = [...chain, '--datadir', '/data', ...RPC, ...(rest.words ?? [])];
  if (rest.fails === true) await dockerTried(...words, ...geths);
  else docker(...words, ...geths);
}
