import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Shell } from '../../src/cli/completion/shells.ts';
import { until } from './engine-view.ts';

const PROMPT = 'READY> ';
const TAB = '\t';
const LINE_START = '\x01';
const TO_LINE_END = '\x0b';
const ENTER = '\r';

const START: Readonly<Record<Shell, string>> = { bash: 'bash --norc --noprofile -i', zsh: 'zsh -f -i', fish: 'fish -i' };

/** What a person has in their start-up files: the script read there, or kept where the shell finds it. */
export const SET_UP = {
  read: {
    bash: ['source <(nodectl completion bash)'],
    zsh: ['autoload -Uz compinit; compinit -u -D', 'source <(nodectl completion zsh)'],
    fish: ['nodectl completion fish | source'],
  },
  kept: {
    bash: ['nodectl completion bash > ~/kept; source ~/kept'],
    zsh: [
      'mkdir -p ~/.zfunc; nodectl completion zsh > ~/.zfunc/_nodectl',
      'fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit -u -D',
    ],
    fish: ['set -l d ~/.config/fish/completions; mkdir -p $d; nodectl completion fish > $d/nodectl.fish'],
  },
} as const satisfies Record<string, Record<Shell, readonly string[]>>;

/** Lists at the first TAB; the prompt is written so that its own echo is none. */
const READY: Readonly<Record<Shell, string>> = {
  bash: "bind 'set show-all-if-ambiguous on'; PS1='REA''DY> '",
  zsh: "setopt no_list_ambiguous; PS1='REA''DY> '",
  fish: "function fish_prompt; printf 'REA''DY> '; end",
};

/** What became of a line at whose end somebody pressed TAB. */
export interface Typed {
  /** The line as words, as the shell itself takes them, without nodectl. */
  readonly words: readonly string[];
  /** Everything the terminal got after TAB, without colours. */
  readonly screen: string;
}

/** Real shells, each in a terminal of its own (util-linux's script), with a HOME and a folder where `nodectl` is found. */
export class TypedShell {
  readonly home = mkdtempSync(join(tmpdir(), 'nodectl-shell-'));
  private readonly env: NodeJS.ProcessEnv;

  constructor() {
    mkdirSync(join(this.home, 'bin'));
    // Where it is missing, fish makes it at its first start, from every manual page of the machine.
    mkdirSync(join(this.home, '.local/share/fish/generated_completions'), { recursive: true });
    symlinkSync(resolve('bin/nodectl'), join(this.home, 'bin/nodectl'));
    const { PATH = '', DOCKER_HOST } = process.env;
    // Nothing else of ours: with EDITOR=vi, as npm sets it, zsh reads keys as vi does.
    this.env = { DOCKER_HOST, TERM: 'xterm', LANG: 'C.UTF-8', HOME: this.home, PATH: `${this.home}/bin:${PATH}` };
  }

  /** Types the line and TAB, and has the shell print what the line then is. */
  async tab(shell: Shell, line: string, setUp: readonly string[] = SET_UP.read[shell]): Promise<Typed> {
    const screen = await this.type(shell, setUp, `${line}${TAB}${LINE_START}printf '<%s>' ${ENTER}`, /<\w+>(?:<[^>]*>)*(?=[^<]*READY)/);
    const [words = ''] = /<\w+>(?:<[^>]*>)*(?=[^<]*READY)/.exec(screen) ?? [];
    return { words: [...words.matchAll(/<([^>]*)>/g)].map(([, word = '']) => word).slice(1), screen };
  }

  /** Types the line and TAB, and then takes it back unread. What the terminal got. */
  async tabAlone(shell: Shell, line: string): Promise<string> {
    return this.type(shell, SET_UP.read[shell], `${line}${TAB}${LINE_START}${TO_LINE_END}printf '<%s>' over${ENTER}`, /<over>/);
  }

  private async type(shell: Shell, setUp: readonly string[], keys: string, end: RegExp): Promise<string> {
    const child = spawn('script', ['-qfc', START[shell], '/dev/null'], { env: this.env, cwd: this.home });
    let shown = '';
    child.stdout.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    const ended = new Promise((done) => child.once('close', done));
    try {
      child.stdin.write([...setUp, READY[shell]].map((command) => `${command}${ENTER}`).join(''));
      await until(() => (plain(shown).includes(PROMPT) ? true : undefined), `a prompt of ${shell}`);
      shown = '';
      child.stdin.write(keys);
      await until(() => (end.test(plain(shown)) ? true : undefined), `an answer of ${shell} to ${JSON.stringify(keys)}`);
      return plain(shown);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's own words begin with one.
  return text.replace(/\x1b(?:\[[0-9;?>=]*[a-zA-Z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>])/g, '').replace(/[\r\x07\x0f]/g, '');
}
