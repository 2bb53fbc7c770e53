import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/cli/command.ts';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { namesOf, takesValue } from '../../../src/cli/completion/option-words.ts';

const commands = await Promise.all(COMMANDS.map(async ({ name, load }) => [name, await load()] as const));

describe.each(commands)('nodectl %s', (_name, command: Command<unknown, unknown>) => {
  it('says of each argument and each option with a value what completes it', () => {
    const silent = [
      ...command.arguments.filter(({ completes }) => completes === undefined).map(({ usage }) => usage),
      ...command.options.filter((option) => takesValue(option) && option.completes === undefined).map(({ flags }) => flags),
    ];
    expect(silent).toEqual([]);
  });

  it('has no option whose value may be left out, since the word after it could not be told', () => {
    expect(command.options.map(({ flags }) => flags).filter((flags) => flags.includes('['))).toEqual([]);
  });

  it('takes every word that it offers', () => {
    for (const option of command.options) {
      if (!Array.isArray(option.completes)) continue;
      const name =
        namesOf(option)
          .at(-1)
          ?.slice(2)
          .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) ?? '';
      for (const word of option.completes.filter((text: string) => !text.endsWith('='))) {
        const read = command.input.safeParse({ [name]: option.repeatable === true ? [word] : word });
        const own = (read.error?.issues ?? []).filter(({ path, code }) => path[0] === name && code !== 'custom');
        expect(own, `${option.flags} ${word}`).toEqual([]);
      }
    }
  });
});
