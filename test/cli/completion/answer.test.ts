import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { completionAnswer } from '../../../src/cli/completion/answer.ts';
import type { UsageEntry } from '../../../src/cli/completion/usage-table.ts';
import { container, sources } from './sources.ts';

const BREAKS = ' \t\n"\'><=;|&(:';
const ENGINE = sources([container('dev', 'running', 'dev'), container('office', 'exited', 'hoodi')]);

const bash = (line: string, breaks = BREAKS) => completionAnswer(['bash', '--', breaks, line], ENGINE, COMMANDS);
const zsh = (...words: string[]) => completionAnswer(['zsh', '--', ...words], ENGINE, COMMANDS);
const fish = (...words: string[]) => completionAnswer(['fish', '--', ...words], ENGINE, COMMANDS);

describe('the answer to a shell', () => {
  it('gives bash what bash puts in, of what fits alone and without descriptions', async () => {
    expect(await bash('nodectl sta')).toBe('words \nstart\nstatus\n');
    expect(await bash('nodectl up --network=d')).toBe('words \ndev\n');
    expect(await bash('nodectl up --network="d')).toBe('words \ndev\n');
    expect(await bash('nodectl up --network=d', ' ')).toBe('words \n--network=dev\n');
    expect(await bash('nodectl status x')).toBe('words \n');
  });

  it('gives zsh and fish all that may stand there, described, and lets them match', async () => {
    expect(await zsh('status', 'x')).toBe('words \ndev:dev, snap, running\noffice:hoodi, snap, exited\n');
    expect(await zsh('up', '--preset=x')).toBe('words --preset=\nsmall-vps:A small virtual server\n');
    expect(await fish('status', '')).toBe('words \ndev\tdev, snap, running\noffice\thoodi, snap, exited\n');
    expect(await fish('up', '--network', '"d')).toMatch(/^words \ndev\t/);
    expect(await fish('up', '--preset=x')).toBe('words \n--preset=small-vps\tA small virtual server\n');
  });

  it('leaves a path to the shell where nothing else fits', async () => {
    expect(await bash('nodectl up --network ./g')).toBe('files \n');
    expect(await bash('nodectl ls > d')).toBe('files \n');
    expect(await zsh('up', '--network=./g')).toBe('files --network=\n');
    expect(await fish('up', '--jwt-file', '')).toBe('files \n');
    expect(await zsh('up', '--network', '')).toMatch(/^words /);
  });

  it('marks for zsh where a word ends', async () => {
    const table: readonly UsageEntry[] = [
      {
        name: 'x',
        summary: '',
        load: async () => ({ arguments: [{ usage: '<x>', help: '', completes: ['peers=', 'a'] }], options: [] }),
      },
      { name: 'y:z', summary: 'with: a colon', load: async () => ({}) as never },
    ];
    expect(await completionAnswer(['zsh', '--', 'x', ''], ENGINE, table)).toBe('words \npeers=\na\n');
    expect(await completionAnswer(['zsh', '--', ''], ENGINE, table)).toContain('\ny\\:z:with: a colon\n');
  });

  it('is empty for a question that is none', async () => {
    expect(await completionAnswer([], ENGINE, COMMANDS)).toBe('');
    expect(await completionAnswer(['tcsh', '--', 'status', ''], ENGINE, COMMANDS)).toBe('');
    expect(await completionAnswer(['bash'], ENGINE, COMMANDS)).toMatch(/^words /);
  });
});
