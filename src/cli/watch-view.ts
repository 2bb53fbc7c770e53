import type { NodeSample } from '../node/watch/sample.ts';
import { repaint } from '../node/watch/view/repaint.ts';
import { addSample, type Blind, type NewsLine, type View } from '../node/watch/view/view.ts';
import { viewLines } from '../node/watch/view/view-lines.ts';
import type { World } from '../ports.ts';
import type { Screen } from './command.ts';

/** Told of what is seen, the live view shows it. */
export interface WatchView {
  sample(sample: NodeSample): void;
  news(line: NewsLine): void;
  /** Nothing new is seen; `undefined` ends that, and so does a sample. */
  blind(why: Blind | undefined): void;
}

/** What is said of the past is cut to so many lines. */
const MOST_NEWS = 50;
/** Ages go on between the samples. */
const TICK_MS = 1_000;
const CTRL_C = 0x03;
const CTRL_L = 0x0c;
const ESCAPE = 0x1b;

/**
 * Shows the live view on the whole terminal while `watching` goes on, which is given a world whose interruption is also the end of the
 * view, and whose notices are news of it. Gives the exit code: 0 when it ended or the person left by `q`, 130 by Ctrl-C. The terminal is
 * left as it was found however it ends, before an error of `watching` is thrown.
 */
export async function withWatchView(
  { node, intervalText, screen }: { readonly node: string | undefined; readonly intervalText: string; readonly screen: Screen },
  world: World,
  watching: (view: WatchView, world: World) => Promise<void>,
): Promise<number> {
  const terminal = await world.terminal();
  const { clock } = world;
  const left = new AbortController();
  const hint = `every ${intervalText}${terminal.hasKeys ? ', q to leave' : ''}`;
  let view: Omit<View, 'now'> = { node: node ?? '', samples: [], news: [], blind: undefined, hint };
  let drawn: readonly string[] | undefined;
  let open = true;

  const paint = () => {
    if (!open) return;
    const lines = viewLines({ ...view, now: clock.now() }, terminal.size(), { ...screen, paint: screen.style.paint });
    const text = repaint(drawn, lines);
    drawn = lines;
    if (text !== '') terminal.write(text);
  };
  const change = (changed: Partial<View>) => {
    view = { ...view, ...changed };
    paint();
  };
  const news = (line: NewsLine) => change({ news: [...view.news, line].slice(-MOST_NEWS) });
  const repaintAll = () => {
    drawn = undefined;
    paint();
  };

  const forgetSize = terminal.onResize(repaintAll);
  const keys = terminal.hasKeys ? terminal.input()[Symbol.asyncIterator]() : undefined;
  const close = () => {
    if (!open) return;
    open = false;
    forgetSize();
    void keys?.return?.();
    terminal.raw(false);
    terminal.fullScreen(false);
  };
  const leave = (code: 0 | 130) => {
    left.abort(code);
    close();
  };

  terminal.fullScreen(true);
  terminal.raw(true);
  repaintAll();
  const over = new AbortController();
  void readKeys(keys, leave, repaintAll);
  void tick(paint, world, over.signal);
  /** Beside the view it would be drawn over; after it, somebody may still have to know. */
  const said = (how: 'notice' | 'warn') => (text: string) => (open ? news({ time: clock.now(), text }) : world.console[how](text));
  const inner: World = {
    ...world,
    signal: AbortSignal.any([world.signal, left.signal]),
    console: { ...world.console, notice: said('notice'), warn: said('warn'), progress: () => {} },
  };
  try {
    await watching(
      {
        sample: (sample) => change({ node: sample.node, samples: addSample(view.samples, sample), blind: undefined }),
        news,
        blind: (blind) => change({ blind }),
      },
      inner,
    );
  } catch (thrown) {
    if (!left.signal.aborted) throw thrown;
  } finally {
    over.abort();
    close();
  }
  return left.signal.aborted ? (left.signal.reason as number) : 0;
}

async function readKeys(
  keys: AsyncIterator<Uint8Array> | undefined,
  leave: (code: 0 | 130) => void,
  repaintAll: () => void,
): Promise<void> {
  for (let next = await keys?.next(); next && !next.done; next = await keys?.next()) {
    const [first] = next.value;
    // An arrow, a mouse, an answer of the terminal: nothing that we asked for.
    if (first === ESCAPE) continue;
    if (next.value.includes(CTRL_C)) return leave(130);
    if (/q/i.test(Buffer.from(next.value).toString('latin1'))) return leave(0);
    if (next.value.includes(CTRL_L)) repaintAll();
  }
}

async function tick(paint: () => void, { clock }: World, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await clock.sleep(TICK_MS, over);
    paint();
  }
}
