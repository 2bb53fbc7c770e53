import type { Finding } from '../finding.ts';
import type { Check, Eyes, Subject } from '../host/check.ts';
import { calm } from '../host/judgement.ts';
import { rememberedFiles } from '../host/remembered-files.ts';
import { seesHost } from '../host/sees-host.ts';
import type { Clock } from '../ports.ts';

/** What one check may take. */
const CHECK_MS = 900;

/** A finding of each check, in their order. One that crashes, hangs or speaks of another host is itself a finding: `unknown`. */
export async function runChecks(checks: readonly Check[], eyes: Eyes, subject: Subject, clock: Clock): Promise<readonly Finding[]> {
  const done = new AbortController();
  const late = clock.sleep(CHECK_MS, done.signal).then(() => calm('unknown', `It did not end within ${CHECK_MS} ms.`, []));
  const sharp = { ...eyes, files: rememberedFiles(eyes.files) };
  try {
    return await Promise.all(
      checks.map(async (check) =>
        Promise.race([runCheck(check, sharp, subject), late.then((judgement) => ({ id: check.id, ...judgement }))]),
      ),
    );
  } finally {
    done.abort('in time');
  }
}

async function runCheck(check: Check, eyes: Eyes, subject: Subject): Promise<Finding> {
  const { id } = check;
  if (check.looksAt === 'host' && !seesHost(eyes.engine)) return { id, ...calm('unknown', elsewhere(eyes), []) };
  try {
    return await check.look(eyes, subject);
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
