import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { CAPABILITY, hasCapability } from '../kernel/capabilities.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';
import { engineProcess } from '../processes.ts';

const READY_VICTIM = 500;

interface Evidence {
  readonly nodes: readonly { readonly node: string; readonly pid: number; readonly score: number | undefined }[];
  /** Whether the engine may shield a container from being killed; undefined where it is not seen. */
  readonly engineMayShield: boolean | undefined;
}

export const oomScore = check({
  id: 'oom.score',
  question: 'is a node neither the first to be killed nor shielded at the cost of the host',
  looksAt: 'host',
  probe({ files }, { tenants }): Evidence {
    const running = tenants.filter(({ container }) => container.state === 'running' && container.pid > 0);
    const engine = running.length === 0 ? undefined : engineProcess(files);
    return {
      nodes: running.map(({ name, container: { pid } }) => ({
        node: name,
        pid,
        score: wholeNumber(textOf(files, `/proc/${pid}/oom_score_adj`) ?? ''),
      })),
      engineMayShield:
        engine === undefined ? undefined : hasCapability(textOf(files, `/proc/${engine}/status`) ?? '', CAPABILITY.sysResource),
    };
  },
  judge({ nodes, engineMayShield }) {
    const read = nodes.map(({ pid, score }) => ({
      source: `/proc/${pid}/oom_score_adj`,
      value: score === undefined ? 'not readable' : String(score),
    }));
    const known = nodes.flatMap(({ node, score }) => (score === undefined ? [] : [{ node, score }]));
    if (nodes.length > 0 && known.length === 0) return calm('unknown', 'How readily a node is killed could not be read.', read);
    const shielded = known.filter(({ score }) => score < 0).map(({ node }) => node);
    const remedy = { text: 'Make the node anew: nodectl leaves the score at 0.', commands: ['nodectl restart'] };
    if (shielded.length > 0) {
      if (engineMayShield === false) {
        const meaning = `${shielded.join(', ')} is shielded from being killed, which this engine may not do: its next start fails.`;
        return harm('fail', meaning, read, remedy);
      }
      const meaning = `${shielded.join(', ')} is shielded from being killed: when memory runs out the kernel takes the engine or your shell instead.`;
      return harm('warn', meaning, read, remedy);
    }
    const offered = known.filter(({ score }) => score > READY_VICTIM).map(({ node }) => node);
    if (offered.length > 0)
      return harm('warn', `${offered.join(', ')} is killed before everything else when memory runs out.`, read, remedy);
    if (nodes.length === 0) return calm('ok', 'No node runs whose standing could be wrong.', read);
    return calm('ok', 'Nodes stand as other programs do when memory runs out.', read);
  },
});
