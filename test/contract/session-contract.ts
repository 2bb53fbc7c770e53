import { expect, it } from 'vitest';
import type { Session } from '../../src/ports/session.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** All that a program printed, by stream. */
export async function printed(session: Session): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const all = { stdout: '', stderr: '' };
  for await (const { stream, bytes } of session.output) all[stream] += Buffer.from(bytes).toString('latin1');
  return all;
}

/** Programs inside a running container that somebody speaks with. */
export function sessionContract(on: ContractBench): void {
  const session = (...words: string[]) => on.engine.session({ container: on.name, words: ['/probe', ...words], tty: false });

  it('speaks with a program inside a running container until its input ends', async () => {
    on.fresh();
    await on.serve();
    const speaking = await session('echo');
    await speaking.write(Buffer.from('eins\n'));
    await speaking.write(Buffer.from('zwei'));
    speaking.end();
    expect(await printed(speaking)).toEqual({ stdout: 'eins\nzwei', stderr: 'input ended\n' });
    expect(await speaking.exit()).toBe(0);
    await speaking.write(Buffer.from('dropped'));
    speaking.close();
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'running' });
  });

  it('keeps the two streams apart, and tells how the program ended', async () => {
    on.fresh();
    await on.serve();
    const both = await session('both');
    both.end();
    expect(await printed(both)).toEqual({ stdout: 'to stdout\n', stderr: 'to stderr\n' });
    const failing = await session('exit', '7');
    failing.end();
    expect(await printed(failing)).toEqual({ stdout: 'leaving with 7\n', stderr: '' });
    expect([await both.exit(), await failing.exit()]).toEqual([0, 7]);
  });

  it('has nothing to speak with inside a container that does not run', async () => {
    on.fresh();
    await refused('NO_SUCH_NODE', session('echo'));
    await on.engine.createContainer(on.spec(['serve']));
    await refused('NODE_NOT_RUNNING', session('echo'));
  });
}
