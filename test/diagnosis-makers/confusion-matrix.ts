/** One death that was brought about, and what was said of it. */
export interface Outcome {
  readonly way: string;
  readonly cause: string;
  /** Ids of verdicts. */
  readonly right: string;
  readonly said: string;
  readonly confidence: string;
}

/** True cause by verdict, as lines of text: a row per true verdict with what was said of its deaths, then the deaths one by one. */
export function confusionMatrix(outcomes: readonly Outcome[]): string {
  const said = [...new Set(outcomes.flatMap((outcome) => [outcome.right, outcome.said]))].toSorted();
  const width = Math.max(...said.map((id) => id.length));
  const grid = said.map((right) => {
    const cells = said.map((id, column) => {
      const count = outcomes.filter((outcome) => outcome.right === right && outcome.said === id).length;
      return (count === 0 ? '.' : String(count)).padStart(String(column + 1).length + 1);
    });
    return `${String(said.indexOf(right) + 1).padStart(3)} ${right.padEnd(width)} ${cells.join('')}`;
  });
  const head = `${' '.repeat(width + 5)}${said.map((_, column) => ` ${column + 1}`).join('')}`;
  const rows = outcomes.map(({ way, cause, right, said: verdict, confidence }) => {
    const mark = right === verdict ? 'ok   ' : 'WRONG';
    const instead = right === verdict ? '' : `, which is ${right}`;
    return `${mark} ${way.padEnd(10)} ${cause} → ${verdict} (${confidence})${instead}`;
  });
  const correct = outcomes.filter((outcome) => outcome.right === outcome.said).length;
  return [...rows, '', 'true cause × verdict', head, ...grid, '', `${correct} of ${outcomes.length} on the diagonal`].join('\n');
}
