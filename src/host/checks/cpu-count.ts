import { check } from '../check.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { processorCount } from '../kernel/processor-count.ts';
import { textOf } from '../place.ts';
import { seesHost } from '../sees-host.ts';

interface Evidence {
  readonly engine: number | undefined;
  readonly kernel: number | undefined;
}

export const cpuCount = check({
  id: 'cpu.count',
  question: 'does the host have the CPUs that are asked for',
  looksAt: 'engine',
  probe: (eyes): Evidence => ({
    engine: engineFacts(eyes.engine)?.cpus,
    kernel: seesHost(eyes.engine) ? processorCount(textOf(eyes.files, '/proc/cpuinfo') ?? '') : undefined,
  }),
  judge({ engine, kernel }, { cpus, tenants }) {
    const count = engine ?? kernel;
    const asked = [
      ...tenants.map(({ name, spec }) => ({ node: name, cpus: spec.cpus })),
      ...(cpus === undefined ? [] : [{ node: '--cpus', cpus }]),
    ];
    const read = [
      ...(engine === undefined ? [] : [{ source: 'GET /info NCPU', value: String(engine) }]),
      ...(engine !== undefined || kernel === undefined ? [] : [{ source: '/proc/cpuinfo', value: String(kernel) }]),
      ...asked.map(({ node, cpus }) => ({ source: `CPU limit of ${node}`, value: String(cpus) })),
    ];
    if (count === undefined) return calm('unknown', 'How many CPUs the host has could not be read.', read);
    const beyond = asked.find(({ cpus }) => cpus > count);
    if (beyond !== undefined) {
      const text = `Ask for at most ${count}.`;
      return harm('fail', `${beyond.node} asks for ${beyond.cpus} CPUs, the host has ${count}: the engine refuses to make it.`, read, {
        text,
        commands: [`nodectl up --cpus ${count}`],
      });
    }
    const all = asked.find(({ cpus }) => cpus === count);
    if (all !== undefined) return calm('info', `${all.node} may take every CPU of the ${count}, also while others need one.`, read);
    return calm('ok', `The host has ${count === 1 ? 'one CPU' : `${count} CPUs`}.`, read);
  },
});
