import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/diagnosis/report.ts';
import { confusionMatrix, type Outcome } from '../diagnosis-makers/confusion-matrix.ts';
import { DEATHS } from '../diagnosis-makers/deaths.ts';
import { openScene, WAYS } from '../diagnosis-makers/scene.ts';
import { requires } from '../require.ts';
import { type CliOptions, nodectl, nodectlJson } from './cli.ts';
import { type PrivateEngine, privateEngine } from './private-engine.ts';

const able = await requires('docker', 'docker-cli', 'geth', 'go', 'root', 'losetup');

describe.skipIf(!able)('the verdict on what really happened to a geth', { timeout: 300_000 }, () => {
  const outcomes: Outcome[] = [];
  afterAll(() => {
    process.stdout.write(`${confusionMatrix(outcomes)}\n`);
  });

  const look = async (
    truth: Pick<Outcome, 'way' | 'cause' | 'right'>,
    code: number,
    target: readonly string[],
    bringAbout: () => Promise<void>,
    options?: CliOptions,
  ) => {
    const at = outcomes.push({ ...truth, said: 'not brought about', confidence: '' }) - 1;
    await bringAbout();
    const ran = await nodectl(['diagnose', ...target, '--json'], options);
    if (ran.stdout === '') throw new Error(`nodectl diagnose ended with ${ran.code}: ${ran.stderr}`);
    const verdict = (JSON.parse(ran.stdout) as Diagnosis).cases[0]?.verdict;
    outcomes[at] = { ...truth, said: verdict?.id ?? 'none', confidence: verdict?.confidence ?? '' };
    expect([verdict?.id, verdict?.code, ran.code], verdict?.meaning).toEqual([truth.right, code, code]);
  };

  for (const way of WAYS) {
    describe(`made by ${way}`, () => {
      const deaths = DEATHS.filter(({ ways }) => ways?.includes(way) ?? true);
      it.each(deaths)('$verdict: $cause', async ({ cause, verdict, code, make }) => {
        // A name of its own: a container's history is also what was there before it under its name.
        const scene = openScene(way, `ts-diagnose-${process.pid}-${outcomes.length}`);
        try {
          await look({ way, cause, right: verdict }, code, scene.target, () => make(scene));
        } finally {
          await scene.remove();
        }
      });
    });
  }

  describe('with its engine', () => {
    const ENGINE_NODE = 'ts-diagnose-engine';
    const UP = ['up', '--name', ENGINE_NODE, '--network', 'dev', '--memory', '512M', '--image-source', 'build'];
    let engine: PrivateEngine;
    // As on a machine of its own: where the engine's ports are, and with its process id where it belongs.
    const here = () => {
      const script = 'mount --bind "$1" /var/run/docker.pid && shift && exec "$@"';
      const through = ['unshare', '-m', 'sh', '-c', script, 'sh', engine.pidFile, ...engine.inside];
      return { env: { DOCKER_HOST: `unix://${engine.socket}` }, through };
    };
    beforeAll(async () => {
      engine = await privateEngine();
    }, 120_000);
    afterAll(() => engine?.close(), 120_000);

    const LOSSES: readonly (readonly [cause: string, end: () => void])[] = [
      ['an engine that was restarted', () => engine.restart()],
      ['a loss of power', () => engine.crash()],
    ];
    it.each(LOSSES)('end.engine: %s', async (cause, end) => {
      const bringAbout = async () => {
        await nodectlJson(UP, here());
        end();
        await engine.ready();
      };
      try {
        await look({ way: 'nodectl', cause, right: 'end.engine' }, 31, [ENGINE_NODE], bringAbout, here());
      } finally {
        await nodectl(['down', ENGINE_NODE, '--volumes', '--yes'], here());
      }
    });
  });
});
