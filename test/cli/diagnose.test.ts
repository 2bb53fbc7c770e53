import { describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { BIRTH_RECORD } from '../../src/diagnosis/journal-notes.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { devAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { validatesAgainst } from '../schema.ts';
import { runContext } from './run-context.ts';

interface Told {
  readonly code: number;
  readonly node: string | null;
  readonly cases: readonly {
    readonly container: string;
    readonly verdict: { readonly id: string };
    readonly run: { readonly present: boolean; readonly exitCode: number | null };
    readonly lastLines: readonly { readonly text: string }[];
  }[];
  readonly history: { readonly deaths: readonly { readonly verdict: string }[]; readonly summary: string };
}

/** A dev node that answers, with a journal that remembers. */
async function scene() {
  const geth = await serveGeth(devAnswers());
  const nodes = fakeNodes();
  const journal: JournalRecord[] = [];
  const world = {
    ...nodes.world,
    journal: async () => ({
      append: (_node: string, record: Omit<JournalRecord, 'time'>) => void journal.push({ ...record, time: Date.now() }),
      read: () => journal,
    }),
  };
  await nodes.add('dev', rpcOn(geth.port));
  const container = () => {
    const found = nodes.engine.containers.get('nodectl-dev');
    if (found === undefined) throw new Error('no container');
    return found;
  };
  const nodectl = async (...words: readonly string[]) => {
    const { context, written } = runContext(world);
    return { code: await runCli(words, context), ...written };
  };
  const diagnose = async (...words: readonly string[]) => {
    const ran = await nodectl('diagnose', ...words, '--json');
    const document = JSON.parse(ran.stdout) as Told;
    validatesAgainst('diagnose', document);
    expect(document.code).toBe(ran.code);
    return document;
  };
  return { ...nodes, journal, container, nodectl, diagnose };
}

describe('diagnose', () => {
  test('exits with the class of its verdict, by whichever of its names it is called', async () => {
    const { container, nodectl, diagnose } = await scene();
    container().end(137, { oomKilled: true });
    expect(await diagnose()).toMatchObject({ code: 20, node: 'dev', cases: [{ container: 'nodectl-dev', verdict: { id: 'oom.limit' } }] });
    expect((await nodectl('why')).code).toBe(20);
    expect((await nodectl('diagnose', '--container', 'nodectl-dev')).code).toBe(20);
  });

  test('is 0 for a node that is well, and then says so', async () => {
    const { diagnose } = await scene();
    expect(await diagnose('dev')).toMatchObject({ code: 0, cases: [{ verdict: { id: 'well' } }], history: { deaths: [] } });
  });

  test('tells of one that runs again how its last run died, as long as that is not longer ago than asked', async () => {
    const { container, diagnose } = await scene();
    container().end(137, { oomKilled: true });
    container().start({ lines: [] });
    const told = await diagnose();
    expect(told.cases.map(({ run }) => run.present)).toEqual([false, true]);
    expect(told).toMatchObject({
      code: 20,
      cases: [{ verdict: { id: 'oom.limit' }, run: { exitCode: 137 } }, { verdict: { id: 'well' } }],
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await diagnose('--since', '1ms')).toMatchObject({ code: 0, history: { deaths: [] } });
  });

  test('counts what it remembers when the engine has forgotten it', async () => {
    const { container, diagnose, engine, journal } = await scene();
    for (let turn = 0; turn < 3; turn++) {
      container().end(137, { oomKilled: true });
      expect((await diagnose()).code).toBe(20);
      await new Promise((resolve) => setTimeout(resolve, 2_050));
      container().start({ lines: [] });
    }
    engine.events = async function* () {};
    const { history } = await diagnose();
    expect(history.deaths.map(({ verdict }) => verdict)).toEqual(['oom.limit', 'oom.limit', 'oom.limit']);
    expect(history.summary).toMatch(/^3 deaths in .*, all at the memory limit, median uptime /);
    expect(journal.filter(({ kind }) => kind === 'death')).toHaveLength(3);
  }, 20_000);

  test('keeps an end once, however often it is looked at', async () => {
    const { container, diagnose, nodectl, journal } = await scene();
    container().end(137, { oomKilled: true });
    for (let look = 0; look < 3; look++) await diagnose();
    await nodectl('status');
    expect(journal.filter(({ kind }) => kind === 'death')).toHaveLength(1);
    expect(journal.filter(({ kind, data }) => kind === 'event' && data.action === 'die')).toHaveLength(1);
  });

  test('knows nothing of a node of that name that had another chain', async () => {
    const { container, diagnose, journal, engine } = await scene();
    container().end(137, { oomKilled: true });
    expect((await diagnose()).history.deaths).toHaveLength(1);
    engine.events = async function* () {};
    // In the same millisecond as what was noted last of the chain before.
    journal.push({ ...BIRTH_RECORD, time: journal.at(-1)?.time ?? 0 });
    container().start({ lines: [] });
    container().observed = { ...container().observed, id: 'f'.repeat(64), finishedAt: 0, oomKilled: false };
    expect((await diagnose()).history.deaths).toEqual([]);
  });

  test('takes any container, and is NO_SUCH_NODE for one that there is not', async () => {
    const { container, diagnose, nodectl } = await scene();
    container().observed = { ...container().observed, labels: {} };
    container().end(2);
    expect(await diagnose('--container', 'nodectl-dev')).toMatchObject({ node: null, cases: [{ container: 'nodectl-dev' }] });
    expect((await nodectl('diagnose', '--container', 'nobody')).code).toBe(5);
    expect((await nodectl('diagnose', 'nobody')).code).toBe(5);
  });

  test('ends in time and says what it could not see where engine and node hang', async () => {
    const { container, diagnose, engine } = await scene();
    // What is loaded for the first time takes its own time.
    await diagnose();
    container().print('Fatal: out of ideas', 'stderr');
    container().end(1);
    engine.events = async function* () {
      await new Promise(() => {});
    };
    engine.image = () => new Promise(() => {});
    const before = Date.now();
    const [first] = (await diagnose()).cases;
    expect(first?.lastLines.at(-1)?.text).toBe('Fatal: out of ideas');
    expect(Date.now() - before).toBeLessThan(5_000);
  });

  test('lets no control character of a log reach the terminal', async () => {
    const { container, nodectl } = await scene();
    container().print('Fatal: \u001b]0;owned\u0007\u001b[2J\u202eevil', 'stderr');
    container().end(1);
    for (const words of [['diagnose'], ['diagnose', '--json'], ['status'], ['diagnose', '--all']]) {
      const { stdout, stderr } = await nodectl(...words);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  test('reads in 80 columns, but for commands', async () => {
    const { container, nodectl } = await scene();
    container().end(137, { oomKilled: true });
    const { stdout } = await nodectl('diagnose');
    const long = stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('    nodectl '));
    expect(long).toEqual([]);
  });

  test.each([
    ['dev', '--container', 'nodectl-dev'],
    ['--yes'],
    ['--dry-run'],
    ['--bundle-ips', 'hash'],
    ['--bundle', 'x.tar.gz', '--bundle-ips', 'no'],
    ['--since', 'yesterday'],
    ['--container', '../etc'],
  ])('is wrong usage with %s %s %s', async (...words) => {
    const { nodectl } = await scene();
    expect((await nodectl('diagnose', ...words)).code).toBe(2);
  });
});

describe('status of a node that died', () => {
  test('tells the verdict of diagnose', async () => {
    const { container, nodectl } = await scene();
    container().end(137, { oomKilled: true });
    const { code, stdout } = await nodectl('status', '--json');
    const told = JSON.parse(stdout) as { death: unknown; notes: readonly string[] };
    validatesAgainst('status', told);
    expect([code, told.death]).toMatchObject([3, { verdict: 'oom.limit', code: 20 }]);
    expect(told.notes.join(' ')).toContain('nodectl diagnose dev');
  });

  test('keeps the run and what it uses while it lives, the use not more than once a minute', async () => {
    const { nodectl, journal } = await scene();
    for (let look = 0; look < 3; look++) await nodectl('status');
    expect(journal.filter(({ kind }) => kind === 'run').map(({ data }) => data.name)).toEqual(['nodectl-dev']);
    expect(journal.filter(({ kind }) => kind === 'use')).toHaveLength(1);
  });
});
