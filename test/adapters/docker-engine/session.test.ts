import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import type { Session, SessionRequest } from '../../../src/ports/session.ts';
import { contractBench } from '../../contract/contract-bench.ts';
import { dropImage, engineSocket, importProbeImage } from '../../contract/probe-image.ts';
import { printed } from '../../contract/session-contract.ts';
import { errorOfPromise } from '../../error-code.ts';
import { requires } from '../../require.ts';

/** 4 MiB of every byte there is. */
const BYTES = Buffer.from(Array.from({ length: 2 ** 22 }, (_, index) => (index * 7 + (index >> 8)) % 256));

describe.skipIf(!(await requires('docker', 'go')))(
  'a session with a program in a container of the real engine',
  { timeout: 60_000 },
  () => {
    const image = `nodectl-test/probe:s${process.pid}`;
    beforeAll(() => importProbeImage(engineSocket(process.env), image), 120_000);
    afterAll(() => dropImage(engineSocket(process.env), image));
    const on = contractBench(async () => ({ engine: await openDockerEngine(process.env), image }));

    const open = async (words: readonly string[], more: Partial<SessionRequest> = {}) => {
      on.fresh();
      await on.serve();
      return on.engine.session({ container: on.name, words, tty: false, ...more });
    };
    /** Collects what is printed while the test goes on. */
    const listen = (session: Session) => {
      const heard = { text: '' };
      const ended = (async () => {
        for await (const { bytes } of session.output) heard.text += Buffer.from(bytes).toString();
      })();
      return { heard, ended };
    };

    it('carries every byte, in any amount, both ways at once', async () => {
      const session = await open(['/probe', 'echo']);
      const chunks: Uint8Array[] = [];
      const reading = (async () => {
        for await (const { stream, bytes } of session.output) if (stream === 'stdout') chunks.push(bytes);
      })();
      for (let at = 0; at < BYTES.length; at += 100_000) await session.write(BYTES.subarray(at, at + 100_000));
      session.end();
      await reading;
      expect(Buffer.concat(chunks).equals(BYTES)).toBe(true);
      expect(await session.exit()).toBe(0);
    });

    it('gives the program a terminal of the given size, and of each later one', async () => {
      const session = await open(['/probe', 'size'], { tty: true, size: { columns: 132, rows: 50 } });
      const { heard, ended } = listen(session);
      await expect.poll(() => heard.text, { timeout: 10_000 }).toContain('size 132 50 true');
      await session.resize({ columns: 20, rows: 10 });
      await expect.poll(() => heard.text, { timeout: 10_000 }).toContain('size 20 10 true');
      await session.write(Uint8Array.of(4));
      await ended;
      expect(await session.exit()).toBe(0);
    });

    it.each([true, false])('makes a program end that nobody listens to any more: with a terminal %s', async (tty) => {
      const session = await open(['/probe', 'interruptible'], { tty });
      const { heard, ended } = listen(session);
      await expect.poll(() => heard.text, { timeout: 10_000 }).toContain('ready');
      expect(await session.interrupt()).toBe(true);
      await ended;
      expect(heard.text).toContain('interrupted');
      expect(await session.exit()).toBe(0);
      expect(await session.interrupt()).toBe(tty);
      expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'running' });
    });

    it('takes the terminal away from a program that heeds no key', async () => {
      const session = await open(['/probe', 'deaf'], { tty: true });
      const { heard, ended } = listen(session);
      await expect.poll(() => heard.text, { timeout: 10_000 }).toContain('serving');
      expect(await session.hangUp()).toBe(true);
      await ended;
      expect(await session.exit()).not.toBe(0);
      expect(await session.hangUp()).toBe(false);
    });

    it('tells of a program that is not there by the code that docker exec has for it', async () => {
      const session = await open(['/nothing']);
      session.end();
      const { stdout } = await printed(session);
      expect(stdout).toContain('/nothing');
      expect([126, 127]).toContain(await session.exit());
    });

    it('ends with its container', async () => {
      const session = await open(['/probe', 'echo']);
      const { ended } = listen(session);
      await on.engine.removeContainer(on.name, { force: true });
      await ended;
      const code = await session.exit().catch((error: { code: string }) => error.code);
      expect(['CONTAINER_DIED', 137]).toContain(code);
    });

    it('waits no more for a program whose connection was given up', async () => {
      const session = await open(['/probe', 'deaf']);
      const waiting = errorOfPromise(session.exit());
      session.close();
      await expect(waiting).resolves.toBeDefined();
      await session.write(Buffer.from('to nobody'));
    });
  },
);
