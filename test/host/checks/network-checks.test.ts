import { describe, expect, test } from 'vitest';
import { netBridge } from '../../../src/host/checks/net-bridge.ts';
import { netExposure } from '../../../src/host/checks/net-exposure.ts';
import { netIpv6 } from '../../../src/host/checks/net-ipv6.ts';
import { netPorts } from '../../../src/host/checks/net-ports.ts';
import { firewallOf } from '../../../src/host/kernel/firewall.ts';
import { globalAddresses } from '../../../src/host/kernel/ipv6-addresses.ts';
import type { PortBinding } from '../../../src/ports/containers.ts';
import { FAKE_INFO } from '../../fakes/fake-facts.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { MAINNET } from '../../node/make-node.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

const port = (hostIp: string, containerPort = 8545): PortBinding => ({ hostIp, hostPort: containerPort, containerPort, protocol: 'tcp' });

describe('net.ports', () => {
  const taken = (port: number) => ({ portTaken: async (_ip: string, at: number) => at === port });
  const stopped = tenant('dev', { container: { state: 'exited' } });
  test('free ports are ok', async () => {
    expect((await netPorts.look(eyesOn(new FakeMachine()), { ...NOBODY, network: MAINNET })).severity).toBe('ok');
  });
  test('another program on a port of the planned node fails', async () => {
    const finding = await netPorts.look(eyesOn(new FakeMachine(), taken(30303)), { ...NOBODY, network: MAINNET });
    expect(finding).toMatchObject({ severity: 'fail', meaning: expect.stringContaining('another program') });
    expect(finding.remedy?.commands[0]).toBe('nodectl up --network mainnet --port auto');
  });
  test('a container that has it is named', async () => {
    const published = [{ ...port('127.0.0.1'), container: 'web' }];
    const finding = await netPorts.look(eyesOn(new FakeMachine(), { published }), { ...NOBODY, network: MAINNET });
    expect(finding).toMatchObject({ severity: 'fail', meaning: expect.stringContaining('web') });
  });
  test('a stopped node whose port went to another fails, a running one has its own', async () => {
    const eyes = eyesOn(new FakeMachine(), taken(8545));
    expect((await netPorts.look(eyes, { ...NOBODY, tenants: [stopped] })).severity).toBe('fail');
    expect((await netPorts.look(eyes, { ...NOBODY, tenants: [tenant()] })).severity).toBe('ok');
  });
});

describe('net.exposure', () => {
  const judged = (ports: readonly PortBinding[], major: number | undefined = 28, firewall: 'ufw' | 'none' = 'none') =>
    netExposure.judge({ seen: true, major, firewall, ports: ports.map((each) => ({ node: 'dev', again: 'up', ...each })) }, NOBODY);
  test.each([
    ['nothing', [], 28, 'ok'],
    ['RPC for this machine', [port('127.0.0.1')], 28, 'ok'],
    ['RPC for this machine, neighbours too', [port('127.0.0.1')], 27, 'info'],
    ['RPC for the world', [port('0.0.0.0')], 28, 'fail'],
    ['RPC on every address', [port('')], 28, 'fail'],
    ['the engine API for the world over IPv6', [port('::', 8551)], 28, 'fail'],
    ['peers', [port('127.0.0.1'), port('0.0.0.0', 30303)], 28, 'ok'],
  ])('%s', (_what, ports, major, severity) => expect(judged(ports, major).severity).toBe(severity));
  test('ufw is told not to help', () => {
    expect(judged([port('0.0.0.0')], 28, 'ufw').meaning).toContain('ufw');
    expect(judged([port('0.0.0.0', 30303)], 28, 'ufw').meaning).toContain('ufw');
  });
});

describe('the firewall', () => {
  const machine = new FakeMachine();
  machine.put('/usr/bin/firewall-cmd', '');
  const state = (said: string | undefined) => ({ files: machine.hostFiles, ask: async () => said });
  test('firewalld counts while it runs', async () => {
    expect(await firewallOf(state('running\n'))).toBe('firewalld');
    expect(await firewallOf(state('not running\n'))).toBe('none');
  });
  test('ufw counts when it is enabled', async () => {
    machine.put('/etc/ufw/ufw.conf', '# ENABLED=no\nENABLED=yes\n', 0o644);
    expect(await firewallOf(state(undefined))).toBe('ufw');
  });
});

describe('net.ipv6', () => {
  const judged = (global: number | undefined, ...ports: PortBinding[]) =>
    netIpv6.judge({ seen: true, global, ports: ports.map((each) => ({ node: 'dev', again: 'up', ...each })) }, NOBODY).severity;
  test.each([
    ['no IPv6', undefined, port(''), 'ok'],
    ['IPv4 alone', 1, port('127.0.0.1'), 'ok'],
    ['loopback', 1, port('::1'), 'ok'],
    ['RPC over IPv6', 1, port(''), 'warn'],
    ['RPC over IPv6 that nobody reaches', 0, port('::'), 'info'],
    ['peers over IPv6', 1, port('::', 30303), 'info'],
  ])('%s', (_what, global, binding, severity) => expect(judged(global, binding)).toBe(severity));
  test('global addresses are told from link-local, loopback and unique local ones', () => {
    const line = (address: string, scope: string) => `${address} 02 40 ${scope} 80 eth0\n`;
    const text = `${line('20010db8000000000000000000000001', '00')}${line('fe800000000000000000000000000001', '20')}${line('fd000000000000000000000000000001', '00')}${line('00000000000000000000000000000001', '10')}`;
    expect(globalAddresses(text)).toEqual(['20010db8000000000000000000000001']);
  });
});

describe('net.bridge', () => {
  const looked = (files: Readonly<Record<string, string>>, over = {}) => {
    const machine = new FakeMachine();
    for (const [path, text] of Object.entries(files)) machine.put(path, text, 0o644);
    return netBridge.look(eyesOn(machine, { engine: { info: { ...FAKE_INFO, ...over } } }), NOBODY);
  };
  const BRIDGE = { '/sys/class/net/docker0/mtu': '1500' };
  const FORWARD = { '/proc/sys/net/ipv4/ip_forward': '1\n' };
  test('there and forwarding is ok', async () => expect((await looked({ ...BRIDGE, ...FORWARD })).severity).toBe('ok'));
  test('gone is a failure', async () => expect((await looked({ '/sys/class/net/lo/mtu': '1', ...FORWARD })).severity).toBe('fail'));
  test('no forwarding is a failure', async () => {
    expect((await looked({ ...BRIDGE, '/proc/sys/net/ipv4/ip_forward': '0\n' })).severity).toBe('fail');
  });
  test('a bridge of another name is looked for', async () => {
    const named = { '/etc/docker/daemon.json': '{"bridge":"br9"}', '/sys/class/net/br9/mtu': '1', ...FORWARD };
    expect((await looked(named)).severity).toBe('ok');
  });
  test('none was wanted', async () => {
    expect((await looked({ ...BRIDGE, '/etc/docker/daemon.json': '{"bridge":"none"}' })).severity).toBe('info');
  });
  test('rootless networks are elsewhere', async () => expect((await looked(BRIDGE, { rootless: true })).severity).toBe('info'));
});
