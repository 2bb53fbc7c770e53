/** What a lying server changes in an otherwise honest answer. */
export const LIES = ['balance', 'proof', 'code', 'signature', 'header', 'finalized-root'] as const;
export type Lie = (typeof LIES)[number];

/** One question, as far as a lie needs it: a JSON-RPC method, or the path of a beacon API. */
export interface Question {
  readonly method: string | undefined;
  readonly path: string;
}

/** Any JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The answer with the lie in it, well-formed as before; the same where the lie has nothing to do with the question. */
export function falsify(lie: Lie, { method, path }: Question, answer: Json): Json {
  switch (lie) {
    case 'balance':
      if (method === 'eth_getBalance') return change(answer, 'result', raised);
      return method === 'eth_getProof' ? change(answer, 'balance', raised) : answer;
    case 'proof':
      return method === 'eth_getProof' ? change(answer, 'accountProof', otherProof) : answer;
    case 'code':
      return method === 'eth_getCode' ? change(answer, 'result', (code) => `${code}00`) : answer;
    case 'signature':
      return path.startsWith('/eth/') ? change(answer, 'sync_committee_signature', otherHex) : answer;
    case 'header':
      return path.includes('/light_client/') || path.startsWith('/eth/v1/events') ? change(answer, 'state_root', otherHex) : answer;
    case 'finalized-root':
      if (path === '/eth/v1/beacon/headers/finalized') return change(answer, 'root', otherHex);
      return path.endsWith('/finality_checkpoints') ? change(answer, 'finalized', (point) => change(point, 'root', otherHex)) : answer;
  }
}

/** Replaces the value of every field of that name, however deep, but not within what it replaced. */
function change(json: Json, field: string, replace: (value: Json) => Json): Json {
  if (Array.isArray(json)) return json.map((each) => change(each, field, replace));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, name === field ? replace(value) : change(value, field, replace)]),
  );
}

function raised(quantity: Json): Json {
  return `0x${(BigInt(String(quantity)) + 1n).toString(16)}`;
}

/** Another digit in the last node, whose hash its parent holds. */
function otherProof(nodes: Json): Json {
  if (!Array.isArray(nodes)) return nodes;
  return nodes.map((node, index) => (index === nodes.length - 1 ? otherHex(node) : node));
}

function otherHex(hex: Json): Json {
  const text = String(hex);
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
}
