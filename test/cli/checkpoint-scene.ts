import { expect, onTestFinished } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { type ClientOrigin, pairWorld } from '../fakes/pair-world.ts';
import type { Ran, UpWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';
import { type BeaconManners, type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';

export const NAME = 'nodectl-mainnet';
export const CLIENT = `${NAME}.consensus`;
export const SECRET = 'hunter2';
export const FORGED = `0x${'66'.repeat(32)}`;

const whole = ({ url }: StandInBeacon) => url.replace('http://', `http://alice:${SECRET}@`).replace(/\/$/, '');
export const shown = ({ url }: StandInBeacon) => url.replace(/\/$/, '');
export const errorOf = ({ stderr }: Ran): { code: string; facts: Record<string, string>; hint: string } => JSON.parse(stderr).error;

export interface Scene {
  readonly first: StandInBeacon;
  readonly second: StandInBeacon;
  readonly world: UpWorld;
  /** How often the client was asked where it began. */
  readonly looks: () => number;
  up(...words: string[]): Promise<Ran>;
}

/**
 * A first `up` of a pair, whose client is served what `served` says; it is called at each look, with the number of those before: the
 * providers were honest until then.
 */
export async function scene(
  served: (providers: { first: StandInBeacon; second: StandInBeacon }, look: number) => ClientOrigin | undefined,
): Promise<Scene> {
  const [first, second] = await Promise.all([standInBeacon(), standInBeacon()]);
  onTestFinished(async () => {
    for (const server of [first, second]) await server.close();
  });
  let looks = 0;
  const world = pairWorld(undefined, () => served({ first, second }, looks++));
  const providers = [first, second].flatMap((server) => ['--checkpoint-url', whole(server)]);
  const up = (...words: string[]) =>
    world.nodectl('up', '--memory', '16G', '--force', '--consensus', 'prysm', ...providers, ...words, '--json');
  return { first, second, world, looks: () => looks, up };
}

/** What is final for an honest provider `epochs` epochs later. */
export const later = (server: StandInBeacon, epochs: number): ClientOrigin => {
  const epoch = server.epoch() + epochs;
  return { root: server.rootOf(epoch), slot: server.slotOf(epoch) };
};
export const behave = ({ manners }: StandInBeacon, over: Partial<BeaconManners>) => void Object.assign(manners, over);

export function reportOf({ code, stdout, stderr }: Ran): UpReport {
  expect([code, stderr]).toEqual([0, '']);
  validatesAgainst('up', JSON.parse(stdout));
  return JSON.parse(stdout);
}

export function expectRefused(ran: Ran, { first, second, world }: Scene): void {
  expect([ran.code, ran.stdout, errorOf(ran).code]).toEqual([4, '', 'ENDPOINTS_REFUSED']);
  validatesAgainst('error', JSON.parse(ran.stderr));
  expect(Object.keys(errorOf(ran).facts)).toEqual([first, second].map((server) => `${shown(server)} (checkpoint provider)`));
  expect(errorOf(ran).hint).toContain('nodectl up --name mainnet --checkpoint-url');
  expect(ran.stderr).not.toContain(SECRET);
  expect([[...world.engine.containers.keys()], [...world.engine.volumes.keys()]]).toEqual([[NAME], [NAME, `${NAME}.secret`]]);
}
