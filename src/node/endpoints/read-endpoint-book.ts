import { NodectlError } from '../../errors.ts';
import { type EndpointBook, EndpointBookSchema } from './endpoint-book.ts';
import { isEndpoint } from './shown-endpoint.ts';

/**
 * The book that a text of `endpoints.json` holds. ENDPOINTS_REFUSED when it is broken, of a version not known here, or holds what is
 * no address: to go on without it would send the person's requests to servers that they chose not to ask. The text is never repeated.
 */
export function readEndpointBook(text: string, node: string): EndpointBook {
  const reason = wrongWith(text);
  if (typeof reason !== 'string') return reason;
  throw new NodectlError('ENDPOINTS_REFUSED', `The addresses that ${node} was given cannot be read from its secret volume: ${reason}.`, {
    hint: `Give them again with \`nodectl up --name ${node}\`: --execution-rpc, --beacon-api or --checkpoint-url.`,
  });
}

/** The book as text; keys in a fixed order, so that equal books are equal texts. */
export function endpointBookText(book: EndpointBook): string {
  return JSON.stringify(EndpointBookSchema.parse(book));
}

function wrongWith(text: string): EndpointBook | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'the file is no JSON';
  }
  const version = typeof json === 'object' && json !== null && 'v' in json ? json.v : undefined;
  if (version !== undefined && version !== 1) return 'another nodectl wrote the file';
  const book = EndpointBookSchema.safeParse(json);
  if (!book.success) return 'the file is not what nodectl writes';
  const { executionRpcs, beaconApis, checkpoints } = book.data;
  return [...executionRpcs, ...beaconApis, ...checkpoints].every(isEndpoint) ? book.data : 'it holds what is no address';
}
