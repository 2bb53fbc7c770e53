import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import { makeSpec } from '../../node/make-node.ts';
import { type CaseChange, ID, kernel, makeCase, makeForeign, makeRunning, oomKill, said } from '../case-factory.ts';
import { CAUSES } from '../causes.ts';

const commands = (evidence: Parameters<typeof judgeCase>[0]) => judgeCase(evidence).verdict.remedies.flatMap((remedy) => remedy.commands);

describe('what helps', () => {
  test('is told wherever something has to be done, and only there', () => {
    for (const { cause, evidence, code } of CAUSES) expect(judgeCase(evidence).verdict.remedies.length > 0, cause).toBe(code !== 0);
  });

  test('is typed as it stands: no placeholder, no line break', () => {
    for (const { cause, evidence } of CAUSES) {
      for (const command of commands(evidence)) {
        expect(command, cause).not.toMatch(/\n|<|\bNODE\b|\bNETWORK\b|\bENODE\b|undefined|NaN|null/);
        expect(command.trim(), cause).toBe(command);
      }
    }
  });

  test('for a container of somebody else is no command for a node of nodectl', () => {
    for (const { cause, evidence } of CAUSES) {
      const foreign = { ...evidence, node: null, spec: null, container: { ...evidence.container, name: 'geth_container' } };
      for (const command of commands(foreign)) expect(command, cause).not.toMatch(/^nodectl (?:start|up --name|stop|restart|down|logs)/);
    }
  });

  test('against an option that its version lacks keeps all the others', () => {
    const refused = (extra: readonly string[], flag: string) => {
      const spec = makeSpec({ extra: [...extra] });
      return commands(makeCase({ spec, signed: [said('bad-flag', `flag provided but not defined: -${flag}`)] }));
    };
    expect(refused(['--verbosity', '4', '--nosuch', 'x', '--dev.period', '2'], 'nosuch')).toEqual([
      'nodectl up --name dev -- --verbosity 4 --dev.period 2',
    ]);
    expect(refused(['--rpcapi=eth', '--dev.period', '2'], 'rpcapi')).toEqual(['nodectl up --name dev -- --http.api=eth --dev.period 2']);
    expect(refused(['--nosuch'], 'nosuch')).toEqual(['nodectl down dev', 'nodectl up --name dev --memory 1G --swap 1G --cpus 0.5']);
  });

  test('against a port names the port, whatever the engine calls it', () => {
    const taken = (error: string) =>
      commands(makeForeign({ container: { state: 'created', startedAt: 0, finishedAt: 0, exitCode: 128, error } })).join('\n');
    expect(taken('Bind for 0.0.0.0:8545 failed: port is already allocated')).toContain('sport = :8545');
    expect(taken('Error starting userland proxy: listen tcp4 127.0.0.1:18545: bind: address already in use')).toContain('sport = :18545');
    expect(taken('failed to bind host port for 127.0.0.1:8546:172.17.0.2:8545/tcp: address already in use')).toContain('sport = :8546');
    expect(taken('listen tcp6 [::1]:8545: bind: address already in use')).toContain('sport = :8545');
    expect(taken('port is already allocated')).not.toContain('sport');
  });

  test('against a group that is full raises the group, where systemd knows it', () => {
    const full = (limitCgroup: string) =>
      commands(
        makeCase({
          container: { exitCode: 137 },
          kernel: kernel(oomKill({ limitCgroup, victimCgroup: `${limitCgroup}/docker-${ID}.scope` })),
        }),
      );
    expect(full('/nodes.slice')).toEqual(['systemctl set-property nodes.slice MemoryMax=infinity']);
    expect(full('/lxc/box')).toEqual([]);
  });

  test('a log that only root may read is told', () => {
    const blind: CaseChange = { container: { exitCode: 137 }, kernel: { blind: 'Operation not permitted' } };
    expect(commands(makeCase(blind))).toContain('sudo nodectl diagnose dev');
    expect(commands(makeForeign(blind))).toContain('sudo nodectl diagnose --container geth_container');
    const remote = { architecture: 'amd64', cgroupVersion: 2, serverVersion: '26.1.5', local: false } as const;
    expect(commands(makeCase({ ...blind, engine: remote })).join()).not.toMatch(/sudo/);
  });

  test('a running node is not told to start', () => {
    for (const { cause, evidence } of CAUSES) {
      const { container, present, judged } = evidence;
      // Its consensus client may be what has to be started.
      if (container.state !== 'running' || !present || judged?.consensus !== undefined) continue;
      expect(commands(evidence), cause).not.toContain('nodectl start dev');
    }
    expect(commands(makeRunning({}))).toEqual([]);
  });
});
