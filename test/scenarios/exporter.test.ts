import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExposition } from '../node/watch/metrics/parse-exposition.ts';
import { requires } from '../require.ts';
import { LAUNCHER, nodectl, nodectlJson } from './cli.ts';
import { rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth', 'promtool', 'prometheus');
const NODE = 'tx-exporter';
const DEV_ACCOUNT = '0x71562b71999873DB5b286dF957af199Ec94617F7';
const MIB = 2 ** 20;

interface Answer {
  readonly status: string;
  readonly data: {
    readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[];
  };
}
interface Rules {
  readonly data: { readonly groups: readonly { readonly rules: readonly { readonly name: string; readonly health: string }[] }[] };
}

describe.skipIf(!able)('the metrics of a real node', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-exporter-'));
  const children: ChildProcess[] = [];
  const start = (program: string, words: readonly string[]) => {
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    children.push(child);
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    return { child, said: () => said };
  };
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  let geth = 0;
  let exporter = '';
  let watching: ChildProcess;

  beforeAll(async () => {
    await down();
    const up = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M', '--swap', '0', '--cpus', '1', '--yes'];
    const { endpoints } = await nodectlJson<{ endpoints: { http: string } }>(up);
    geth = Number(new URL(endpoints.http).port);
    const { child, said } = start(process.execPath, [LAUNCHER, 'watch', '--listen', '127.0.0.1:0', '--interval', '1s']);
    watching = child;
    exporter = await until(() => /http:\/\/(127\.0\.0\.1:\d+)\/metrics/.exec(said())?.[1], 'the server of metrics');
  }, 600_000);
  afterAll(async () => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    }
    await down();
    rmSync(folder, { recursive: true, force: true });
  });

  const page = async () => (await fetch(`http://${exporter}/metrics`)).text();
  /** The node's own values by metric, of the only series or of the labels given. */
  const value = async (metric: string, labels: Readonly<Record<string, string>> = {}) => {
    const series = parseExposition(await page()).get(metric)?.series ?? [];
    return series.find((one) => one.labels.node === NODE && Object.entries(labels).every(([name, word]) => one.labels[name] === word))
      ?.value;
  };

  it('are without fault to promtool, and agree with geth and with the limits', async () => {
    const text = await page();
    expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
    expect(await value('nodectl_node_state', { state: 'at-head' })).toBe(1);
    expect(await value('nodectl_node_memory_limit_bytes', { part: 'execution' })).toBe(512 * MIB);
    expect(await value('nodectl_node_memory_usage_bytes', { part: 'execution' })).toBeGreaterThan(16 * MIB);
    expect(await value('nodectl_node_info', { network: 'dev', version: '1.17.8', consensus: '' })).toBe(1);
    expect(await value('nodectl_node_head_block')).toBe(0);
    rpc(geth, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
    await until(async () => ((await value('nodectl_node_head_block')) === 1 ? true : undefined), 'block 1 among the metrics');
    const head = rpc<{ timestamp: string }>(geth, 'eth_getBlockByNumber', ['0x1', false]);
    expect(await value('nodectl_node_head_timestamp_seconds')).toBe(Number(head.timestamp));
  });

  it('are scraped by a real Prometheus, whose alert rules all evaluate', async () => {
    const config = join(folder, 'prometheus.yaml');
    const scrape = { job_name: 'nodectl', scrape_interval: '1s', scrape_timeout: '1s', static_configs: [{ targets: [exporter] }] };
    const settings = {
      global: { evaluation_interval: '1s' },
      rule_files: [resolve('docs/monitoring/nodectl-alerts.yaml')],
      scrape_configs: [scrape],
    };
    writeFileSync(config, JSON.stringify(settings));
    execFileSync('promtool', ['check', 'config', config]);
    const listen = `127.0.0.1:${await freePort()}`;
    const words = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=${listen}`];
    const { said } = start('prometheus', words);
    const ask = async <T>(path: string) => (await (await fetch(`http://${listen}${path}`)).json()) as T;
    const query = async (text: string) => (await ask<Answer>(`/api/v1/query?query=${encodeURIComponent(text)}`)).data.result;

    const state = `nodectl_node_state{node="${NODE}"} == 1`;
    const [seen] = await until(async () => notEmpty(await query(state).catch(() => [])), `Prometheus to scrape: ${said()}`);
    expect(seen?.metric).toMatchObject({ __name__: 'nodectl_node_state', job: 'nodectl', instance: exporter, state: 'at-head' });
    expect((await query('up{job="nodectl"}'))[0]?.value[1]).toBe('1');
    const [age] = await query(`time() - nodectl_node_head_timestamp_seconds{node="${NODE}"}`);
    expect(Number(age?.value[1])).toBeLessThan(60);

    const states = async () => {
      const { data } = await ask<Rules>('/api/v1/rules');
      return data.groups.flatMap(({ rules }) => rules.map(({ health }) => health));
    };
    const evaluated = await until(async () => {
      const found = await states();
      return found.length > 0 && !found.includes('unknown') ? found : undefined;
    }, 'the rules to be evaluated');
    expect(new Set(evaluated)).toEqual(new Set(['ok']));

    await nodectlJson(['stop', NODE]);
    const stopped = async () => ((await query(state))[0]?.metric.state === 'stopped' ? true : undefined);
    expect(await until(stopped, 'Prometheus to hear that it was stopped')).toBe(true);
    expect(await value('nodectl_node_exit_code', { part: 'execution' })).toBe(0);
  });

  it('go with the node, and the server with Ctrl-C', async () => {
    await down();
    expect(parseExposition(await page()).get('nodectl_engine_up')?.series).toEqual([{ labels: {}, value: 1 }]);
    expect(await page()).not.toContain(NODE);
    watching.kill('SIGINT');
    const [code] = (await once(watching, 'exit')) as [number | null];
    expect(code).toBe(130);
    await expect(page()).rejects.toThrow('fetch failed');
  });
});

function notEmpty<T>(found: readonly T[]): readonly T[] | undefined {
  return found.length > 0 ? found : undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
