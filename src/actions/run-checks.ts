import type { Finding } from '../finding.ts';
import type { Check, Eyes, Subject } from '../host/check.ts';
import { calm } from '../host/judgement.ts';
import { seesHost } from '../host/sees-host.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** What one check may take. */
const CHECK_MS = 900;

/** A finding of each check, in their order. One that crashes, hangs or speaks of another host is itself a finding: `unknown`. */
export function runChecks(checks: readonly Check[], eyes: Eyes, subject: Subject, clock: Clock): Promise<readonly Finding[]> {
  const deadline = clock.now() + CHECK_MS;
  return Promise.all(checks.map((check) => runCheck(check, eyes, subject, deadline, clock)));
}

async function runCheck(check: Check, eyes: Eyes, subject: Subject, deadline: number, clock: Clock): Promise<Finding> {
  const { id } = check;
  if (check.looksAt === 'host' && !seesHost(eyes.engine)) return { id, ...calm('unknown', elsewhere(eyes), []) };
  try {
    // The promise is made inside: a check that throws at once is met here too.
    const looked = await withinDeadline(
      Promise.resolve().then(() => check.look(eyes, subject)),
      deadline,
      clock,
    );
    if (looked === 'late') return { id, ...calm('unknown', `It did not end within ${CHECK_MS} ms.`, []) };
    return looked.value;
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      id,
      ...calm('unknown', `The check failed: ${words.slice(0, 200)}`, [{ source: 'nodectl', value: 'a bug: please report it' }]),
    };
  }
}

function elsewhere({ engine, files }: Eyes): string {
  const name = files.read('/proc/sys/kernel/hostname', 256);
  const here = 'text' in name ? name.text.trim() : '';
  const there = 'info' in engine ? engine.info.hostname || engine.info.endpoint : engine.problem.endpoint;
  return `The engine's host is ${there}; this is ${here || 'another machine'}. Run doctor there.`;
}
