import { LABEL_SPEC } from '../labels.ts';
import { type ClientSpec, ConsensusSpecSchema } from './consensus-spec.ts';

/** What a consensus client's container was made as; undefined when its label is missing, broken or of a version not known here. */
export function readClient(labels: Readonly<Record<string, string>>): ClientSpec | undefined {
  const text = labels[LABEL_SPEC];
  if (text === undefined) return undefined;
  try {
    const spec = ConsensusSpecSchema.parse(JSON.parse(text));
    return spec.kind === 'client' ? spec : undefined;
  } catch {
    return undefined;
  }
}
