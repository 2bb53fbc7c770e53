import type { WebAnswer } from '../../ports/web.ts';

/** What a server said, or why it said nothing that can be used. Reasons are our own words: a server's could repeat the key it was asked with. */
export type Said<T> = { readonly value: T } | { readonly reason: string; readonly status?: number };

/** The JSON of a successful answer. */
export function readJson(answer: WebAnswer): Said<unknown> {
  if ('failure' in answer) return { reason: answer.message };
  const { status, contentType, body } = answer;
  if (status < 200 || status >= 300) return { reason: statusReason(status), status };
  if (body.length === 0) return { reason: 'it answers with nothing', status };
  const text = new TextDecoder().decode(body);
  try {
    return { value: JSON.parse(text) };
  } catch {
    const page = /^\s*text\/html\b/i.test(contentType) || /^\s*</.test(text.slice(0, 1000));
    return { reason: page ? 'it answers with a web page instead of JSON' : 'its answer is no JSON', status };
  }
}

function statusReason(status: number): string {
  if (status === 401 || status === 403) return `it wants a key, or refuses this machine (HTTP ${status})`;
  if (status === 404) return `it does not serve what was asked (HTTP ${status})`;
  if (status === 429) return `it limits how often it is asked (HTTP ${status})`;
  return `it fails (HTTP ${status})`;
}
