import { describe, expect, it } from 'vitest';
import { requires } from '../require.ts';
import { nodectl } from './cli.ts';

const able = await requires('docker');

describe.skipIf(!able)('NODECTL_DEBUG', () => {
  it('tells every request as a line of JSON on standard error and leaves standard output alone', async () => {
    const { code, stdout, stderr } = await nodectl(['ls', '--json'], { env: { NODECTL_DEBUG: '1' } });
    expect([code, Array.isArray(JSON.parse(stdout).nodes ?? JSON.parse(stdout))]).toEqual([0, true]);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg, outcome }) => [msg, outcome])).toEqual([
      ['GET /_ping', 200],
      ['GET /containers/json', 200],
    ]);
  });

  it('tells nothing when it is not set', async () => {
    expect((await nodectl(['ls'])).stderr).toBe('');
  });
});
