/** A metric as an expression uses it. */
export interface Use {
  readonly metric: string;
  /** Labels it is selected by, and the words that each may be: of `=` one, of `=~` its alternatives. */
  readonly selected: Readonly<Record<string, readonly string[]>>;
}

const USE = /\b(nodectl_\w+|up)\b(?!\s*\()(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g;

/** Every use of a metric of ours, and of Prometheus's own `up`, in a PromQL expression. */
export function usesIn(expression: string): readonly Use[] {
  return [...expression.matchAll(USE)].map(([, metric = '', matchers = '']) => ({
    metric,
    selected: Object.fromEntries([...matchers.matchAll(MATCHER)].map(([, label = '', words = '']) => [label, words.split('|')])),
  }));
}

/** Labels by which an expression joins or groups: `on (instance, node)`. */
export function joinedLabels(expression: string): readonly string[] {
  return [...expression.matchAll(/\b(?:on|by|ignoring|without)\s*\(([^)]*)\)/g)].flatMap(([, labels = '']) =>
    labels.split(',').map((label) => label.trim()),
  );
}
