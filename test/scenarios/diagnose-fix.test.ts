import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiagnosisFix } from '../../src/actions/fix-diagnosed.ts';
import type { BundleReport } from '../../src/actions/write-bundle.ts';
import { ManifestSchema } from '../../src/diagnosis/bundle/manifest.ts';
import type { Diagnosis } from '../../src/diagnosis/report.ts';
import { logOf, seen } from '../diagnosis-makers/docker.ts';
import { MEMORY_DEATHS } from '../diagnosis-makers/memory.ts';
import { openScene, type Scene, WAYS } from '../diagnosis-makers/scene.ts';
import { requires } from '../require.ts';
import { LAUNCHER, nodectl, STATE } from './cli.ts';

type Report = Diagnosis & { readonly fix: DiagnosisFix | null; readonly bundle: BundleReport | null };

const able = await requires('docker', 'docker-cli', 'geth', 'go');
const SECRETS = [
  'hunter2-of-the-token',
  'swordfish-of-ethstats',
  '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0',
] as const;

async function killed(scene: Scene, verdict: string): Promise<void> {
  const death = MEMORY_DEATHS.find((each) => each.verdict === verdict);
  await death?.make(scene);
}

async function diagnose(scene: Scene, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly report: Report }> {
  const { code, stdout, stderr } = await nodectl(['diagnose', ...scene.target, ...words, '--json']);
  if (stdout === '') throw new Error(`nodectl diagnose ended with ${code}: ${stderr}`);
  return { code, report: JSON.parse(stdout) as Report };
}

describe.skipIf(!able)('what a diagnosis leads to, on a real engine', { timeout: 180_000 }, () => {
  let scene: Scene;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nodectl-bundle-'));
  });
  afterEach(async () => {
    await scene.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const way of WAYS) {
    it(`mends a geth that its own limit killed, made by ${way}`, async () => {
      scene = openScene(way, `ts-mend-${process.pid}`);
      await killed(scene, 'oom.limit');
      const before = Number(seen(scene.container)?.HostConfig.Memory);
      const planned = await diagnose(scene, '--fix', '--dry-run');
      expect([planned.code, planned.report.fix?.applied]).toEqual([20, false]);
      expect(seen(scene.container)?.HostConfig.Memory).toBe(before);

      const { code, report } = await diagnose(scene, '--fix', '--yes');
      const { HostConfig, State } = seen(scene.container) ?? {};
      expect([code, report.fix?.applied, report.fix?.refused, State?.Status]).toEqual([0, true, [], 'running']);
      expect(Number(HostConfig?.Memory)).toBeGreaterThan(before);
      const memory = report.fix?.limits.find(({ limit }) => limit === 'memory');
      expect(memory).toMatchObject({ inForce: HostConfig?.Memory, enforced: true });
      expect(memory?.source).toMatch(/^\/sys\/fs\/cgroup\//);
    });

    it(`gives a geth that lives more memory without touching its run, made by ${way}`, async () => {
      scene = openScene(way, `ts-live-${process.pid}`);
      await killed(scene, 'oom.child');
      const before = seen(scene.container);
      const { code, report } = await diagnose(scene, '--fix', '--yes');
      const after = seen(scene.container);
      expect([code, report.fix?.applied]).toEqual([0, true]);
      expect([after?.Id, after?.State.StartedAt, after?.State.Pid]).toEqual([before?.Id, before?.State.StartedAt, before?.State.Pid]);
      expect(Number(after?.HostConfig.Memory)).toBeGreaterThan(Number(before?.HostConfig.Memory));
      expect(report.fix?.limits.every(({ enforced }) => enforced)).toBe(true);
    });
  }

  it('writes an archive in which no secret of a real geth is', async () => {
    scene = openScene('docker run', `ts-bundle-${process.pid}`);
    const [token, stats, key] = SECRETS;
    await scene.begin({ run: ['-e', `API_TOKEN=${token}`], words: ['--nodekeyhex', key, '--ethstats', `me:${stats}@127.0.0.1:9`] });
    const file = join(folder, 'node.tar.gz');
    const { report } = await diagnose(scene, '--bundle', file);
    expect(statSync(file)).toMatchObject({ size: report.bundle?.bytes });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const names = execFileSync('tar', ['tzf', file], { encoding: 'utf8' }).trim().split('\n');
    const all = execFileSync('tar', ['xzOf', file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    for (const secret of SECRETS) expect(all).not.toContain(secret);
    const enode = /enode:\/\/([0-9a-f]{128})/.exec(logOf(scene.container))?.[1] ?? 'geth tells its enode';
    expect(all).not.toContain(enode);
    expect(all).toContain('Started P2P networking');
    const text = execFileSync('tar', ['xzOf', file, names[0] ?? ''], { encoding: 'utf8' });
    const manifest = ManifestSchema.parse(JSON.parse(text));
    expect(names).toHaveLength(manifest.files.length + 1);

    const again = await nodectl(['diagnose', ...scene.target, '--bundle', file]);
    expect(again.code).toBe(2);
    expect(readFileSync(file)).toHaveLength(report.bundle?.bytes ?? 0);
    const kept = join(folder, 'kept.tar.gz');
    await diagnose(scene, '--bundle', kept, '--bundle-enodes', 'keep');
    expect(execFileSync('tar', ['xzOf', kept], { encoding: 'utf8', maxBuffer: 2 ** 26 })).toContain(enode);

    const words = [LAUNCHER, 'diagnose', ...scene.target, '--bundle', '-', '--json'];
    const piped = execFileSync(process.execPath, words, {
      env: { ...process.env, CI: 'true', XDG_STATE_HOME: STATE },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(execFileSync('tar', ['tzf', '-'], { input: piped, encoding: 'utf8' }).trim().split('\n')).toHaveLength(names.length);
  });
});
