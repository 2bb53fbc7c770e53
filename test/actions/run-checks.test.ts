import { describe, expect, it } from 'vitest';
import { runChecks } from '../../src/actions/run-checks.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { type Check, check } from '../../src/host/check.ts';
import { calm } from '../../src/host/judgement.ts';
import { engineOf, eyesOf, filesOfOneText } from '../host/host-eyes.ts';
import { NOBODY } from '../host/machine-eyes.ts';

function asking(id: string, probe: Check['look'] | (() => never), looksAt: Check['looksAt'] = 'host'): Check {
  return { ...check({ id, question: 'what', looksAt, probe: () => ({}), judge: () => calm('ok', 'fine', []) }), look: probe };
}

const fine = asking('a.fine', async () => ({ id: 'a.fine', ...calm('ok', 'fine', []) }));
const crash = asking('b.crash', () => {
  throw new TypeError('boom');
});
const reject = asking('c.reject', () => Promise.reject(new Error('later boom')));
const hang = asking('d.hang', () => new Promise<never>(() => {}));

const eyes = eyesOf(filesOfOneText('here\n'));

describe('checks together', () => {
  it('give one finding each, in their order, whatever one of them does', async () => {
    const findings = await runChecks([fine, crash, reject, hang], eyes, NOBODY, systemClock());
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['a.fine', 'ok'],
      ['b.crash', 'unknown'],
      ['c.reject', 'unknown'],
      ['d.hang', 'unknown'],
    ]);
    expect(findings[1]?.meaning).toContain('boom');
  });

  it('wait together, not one after the other, and no longer than a second', async () => {
    const begun = performance.now();
    await runChecks([hang, { ...hang, id: 'e.hang' }, { ...hang, id: 'f.hang' }], eyes, NOBODY, systemClock());
    expect(performance.now() - begun).toBeLessThan(1500);
  });

  it('do not wait for a deadline that none of them needs', async () => {
    const begun = performance.now();
    await runChecks([fine], eyes, NOBODY, systemClock());
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('of a remote engine', () => {
  const remote = eyesOf(filesOfOneText('here\n'), engineOf({ local: false, hostname: 'there', endpoint: 'tcp://there:2376' }));

  it('the host is not judged by this machine, and the finding names both', async () => {
    const [finding] = await runChecks([fine], remote, NOBODY, systemClock());
    expect(finding?.severity).toBe('unknown');
    expect(finding?.meaning).toMatch(/there.*here/);
  });

  it('what the engine itself tells is judged', async () => {
    const [finding] = await runChecks([{ ...fine, looksAt: 'engine' }], remote, NOBODY, systemClock());
    expect(finding?.severity).toBe('ok');
  });

  it('that does not answer, the host is not judged either', async () => {
    const problem = { code: 'ENGINE_UNREACHABLE', message: 'No engine.', hint: '', endpoint: 'ssh://root@there' };
    const [finding] = await runChecks([fine], eyesOf(filesOfOneText('here\n'), { problem }), NOBODY, systemClock());
    expect(finding?.meaning).toContain('ssh://root@there');
  });
});

it('each file is read once, so that all checks judge the same moment', async () => {
  let reads = 0;
  const files = { ...filesOfOneText(''), read: () => ({ text: String(++reads) }) };
  const reading = (id: string) => asking(id, async (seen) => ({ id, ...calm('ok', JSON.stringify(seen.files.read('/x')), []) }));
  const findings = await runChecks([reading('a'), reading('b')], eyesOf(files), NOBODY, systemClock());
  expect(new Set(findings.map(({ meaning }) => meaning)).size).toBe(1);
});
