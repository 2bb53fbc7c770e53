import * as z from 'zod/mini';
import type { Command } from '../command.ts';
import { SCRIPTS } from '../completion/scripts.ts';
import { SHELLS } from '../completion/shells.ts';

const Input = z.strictObject({ shell: z.enum(SHELLS) });
const Report = z.object({ shell: z.enum(SHELLS), script: z.string() });

export const command: Command<z.infer<typeof Input>, z.infer<typeof Report>> = {
  summary: 'print what makes a shell complete commands, options, node names and networks',
  arguments: [{ usage: '<shell>', help: `${SHELLS.join(', ')}; docs/completion.md tells where each keeps it`, completes: SHELLS }],
  options: [],
  examples: [
    'nodectl completion bash > /etc/bash_completion.d/nodectl',
    'nodectl completion bash > ~/.local/share/bash-completion/completions/nodectl',
    'nodectl completion zsh > /usr/local/share/zsh/site-functions/_nodectl',
    'nodectl completion fish > ~/.config/fish/completions/nodectl.fish',
    'source <(nodectl completion bash)    # this shell alone; zsh: after compinit',
  ],
  input: Input,
  report: Report,
  run: async ({ shell }) => ({ shell, script: SCRIPTS[shell] }),
  render: ({ script }) => script.trimEnd(),
  exit: () => 0,
};
