/** As much of a terminal as the live view uses: it understands what is written to it, and refuses what it does not know. */
export class Screen {
  wraps = true;
  /** The second screen is shown, without a cursor. */
  isFull = false;
  #lines: string[] = [];
  #row = 0;

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's own words.
    for (const [, control, plain = ''] of text.matchAll(/\u001b\[([?\d;]*[A-Za-z])|([^\u001b]+)/g)) {
      if (control === undefined) this.#lines[this.#row] = `${this.#lines[this.#row] ?? ''}${plain}`;
      else this.#obey(control);
    }
  }

  /** Without what is blank at the end. */
  lines(): readonly string[] {
    const lines = Array.from(this.#lines, (line) => line ?? '');
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  #obey(control: string): void {
    const [, row, column] = /^(\d+);(\d+)H$/.exec(control) ?? [];
    if (row !== undefined && column === '1') this.#row = Number(row) - 1;
    else if (control === 'H') this.#row = 0;
    else if (control === '2J') this.#lines = [];
    else if (control === 'K') this.#lines[this.#row] = '';
    else if (control === '?7l' || control === '?7h') this.wraps = control === '?7h';
    else if (control === '?1049h' || control === '?1049l') this.isFull = control === '?1049h';
    else if (!control.endsWith('m') && !control.startsWith('?25')) throw new Error(`A word that no terminal of ours knows: ${control}`);
  }
}
