import type { World } from '../ports.ts';

/** Waits for work that tells no progress of its own, with the seconds as progress from the first on; `total` is 0 where nobody knows. */
export async function withSeconds<T>(what: string, total: number, work: Promise<T>, { clock, console }: World): Promise<T> {
  const started = clock.now();
  let over = false;
  const ticking = new AbortController();
  const end = () => {
    over = true;
    ticking.abort();
  };
  const settled = work.then(end, end);
  await Promise.race([clock.sleep(1_000, ticking.signal), settled]);
  while (!over) {
    console.progress({ what, done: Math.round((clock.now() - started) / 1000), total, unit: 'seconds' });
    await Promise.race([clock.sleep(1_000, ticking.signal), settled]);
  }
  console.progress(undefined);
  return work;
}
