/** Text in lines of at most `columns` characters, each after the first behind `indent`; a word that is longer is broken. */
export function wrapped(text: string, columns: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  const room = () => columns - (lines.length === 0 ? 0 : indent.length);
  for (const word of text.split(/ +/)) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length > room()) {
      lines.push(line);
      line = '';
    }
    while (rest.length > room()) {
      const most = room();
      lines.push(rest.slice(0, most));
      rest = rest.slice(most);
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
