import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { upAgain } from '../up-again.ts';

/** Seconds. Geth's clean close may flush gigabytes. */
const ENOUGH = 120;
/** The engine's own where none was set. */
const ENGINE_DEFAULT = 10;

export const stopTimeout = check({
  id: 'stop.timeout',
  question: 'have nodes the time to close their databases',
  looksAt: 'engine',
  probe: ({ engine }, { tenants }) =>
    engineFacts(engine) &&
    // A light client has no database to close.
    tenants
      .filter(({ spec }) => spec.light === null)
      .map(({ name, spec, container }) => ({ node: name, again: upAgain({ name, spec }), seconds: container.stopTimeoutSeconds })),
  judge(tenants) {
    if (tenants === undefined) return ENGINE_UNSEEN;
    const read = tenants.map(({ node, seconds }) => ({ source: `GET /containers/${node} Config.StopTimeout`, value: `${seconds} s` }));
    if (tenants.length === 0) return calm('ok', 'There is no node that could be stopped.', read);
    const hurried = tenants.filter(({ seconds }) => seconds >= 0 && seconds < ENOUGH);
    if (hurried.length === 0) return calm('ok', 'Every node is given the time to close its database.', read);
    const names = hurried.map(({ node, seconds }) => `${node} after ${seconds} s`).join(', ');
    const severity = hurried.some(({ seconds }) => seconds <= ENGINE_DEFAULT) ? 'fail' : 'warn';
    return harm(severity, `A stop kills ${names}: geth then loses its last blocks, or the whole state.`, read, {
      text: 'Run `nodectl up` for it again: it makes the container anew and keeps the chain.',
      commands: hurried.map(({ again }) => again),
    });
  },
});
