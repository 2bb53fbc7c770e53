import { expect, test } from 'vitest';
import type { DiagnosisFix } from '../../src/actions/fix-diagnosed.ts';
import { bundleText, diagnosisFixText } from '../../src/cli/diagnosis-fix-text.ts';
import { PLAIN } from '../../src/cli/style.ts';
import { GIB } from '../../src/node/size.ts';

const FIX: DiagnosisFix = {
  steps: [
    {
      id: 'up',
      cause: 'it was killed',
      command: 'nodectl up --name dev --memory 2048m',
      undo: 'nodectl up --name dev --memory 1024m',
      details: ['stop it: changed'],
    },
  ],
  applied: true,
  refused: [{ verdict: 'oom.parent', message: 'A group is full.', hint: 'Raise its limit.' }],
  afterwards: ['Run up later.'],
  limits: [
    { limit: 'memory', wanted: 2 * GIB, inForce: 2 * GIB, enforced: true, source: '/sys/fs/cgroup/memory.max' },
    { limit: 'swap', wanted: GIB, inForce: null, enforced: false, source: 'the engine' },
  ],
};

test('each step is told with its cause, its parts and what takes it back, and each limit as it is in force', () => {
  const text = diagnosisFixText(FIX, PLAIN);
  const { steps, refused, afterwards } = FIX;
  const words = [
    ...steps.flatMap(({ command, cause, undo, details }) => [command, cause, undo ?? '', ...details]),
    ...afterwards,
    ...refused.map(({ hint }) => hint),
  ];
  for (const word of words) expect(text).toContain(word);
  expect(text).toMatch(/memory: 2 GiB .*memory\.max/);
  expect(text).toMatch(/^! swap/m);
});

test('a dry run, what was done and nothing to do read differently', () => {
  const titles = [FIX, { ...FIX, applied: false }, { ...FIX, steps: [], applied: false }].map(
    (fix) => diagnosisFixText(fix, PLAIN).split('\n')[0],
  );
  expect(new Set(titles).size).toBe(3);
});

test('a bundle that tells who the peers are says so', () => {
  const bundle = {
    path: 'x.tar.gz',
    bytes: 1,
    files: [],
    missing: [{ what: 'log.txt', why: 'gone' }],
    policy: { ips: 'hash', enodes: 'hash' },
  } as const;
  const hashed = bundleText(bundle);
  expect(hashed).toContain('log.txt');
  expect(bundleText({ ...bundle, policy: { ips: 'keep', enodes: 'hash' } })).not.toBe(hashed);
});
