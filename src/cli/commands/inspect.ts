import * as z from 'zod/mini';
import { inspectNode, type NodeInspection } from '../../actions/inspect-node.ts';
import { formatSize } from '../../node/size.ts';
import { stopReasonText } from '../../node/stop-reason.ts';
import { storageText } from '../../node/storage/storage-facts.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import type { Style } from '../style.ts';
import { inspectSchema } from './inspect-schema.ts';

const LABEL_WIDTH = 12;

interface Input {
  readonly node?: string | undefined;
}

export const command: Command<Input, NodeInspection> = {
  summary: 'show everything known of a node: what it was asked to be, its container, volume and enode',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: [],
  examples: ['nodectl inspect', 'nodectl inspect sealer --json | jq -r .enode'],
  input: z.strictObject({ node: nodeName }),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return inspectSchema();
  },
  run: (input, world) => inspectNode(input, world),
  render: inspectText,
  exit: () => 0,
};

function inspectText(report: NodeInspection, style: Style): string {
  const { container, consensus, volume, spec, endpoints, stoppedFor } = report;
  const running = container?.state === 'running';
  const rows: Row[] = [
    ['Network', report.network && `${report.network} (chain ${report.chainId})`],
    ['Genesis', report.genesis],
    ['Joined', report.chainNetwork],
    ['Mode', spec && [spec.mode, spec.history === 'all' ? '' : `history ${spec.history}`, spec.scheme ?? ''].filter(Boolean).join(', ')],
    ['geth', spec?.geth ?? null],
    ['Seals', spec?.mining ? `as ${spec.mining.etherbase}` : null],
    ...containerRows('Container', container),
    ['Volume', volume && `${volume.name} (${volume.mountpoint})`],
    ['Storage', report.storage === null || report.storage.wanted === null ? null : storageText(report.storage)],
    ['HTTP', running ? endpoints.http : null],
    ['WebSocket', running ? endpoints.ws : null],
    ...containerRows('Consensus', consensus),
    ...volumeRows(report),
    ['enode', report.enode ?? style.paint('dim', `none: ${report.enodeMissing}`)],
    ['Published', report.publishedEnode],
  ];
  const lines = rows.flatMap(([label, value]) => (value ? [`  ${style.paint('dim', label.padEnd(LABEL_WIDTH))}${value}`] : []));
  return [
    `${style.paint('bold', report.node)}: ${container?.state ?? 'no container'}${stoppedFor === null ? '' : ` (${stopReasonText(stoppedFor)})`}`,
    ...lines,
  ].join('\n');
}

type Row = readonly [string, string | null];

function containerRows(title: string, container: NodeInspection['container']): readonly Row[] {
  if (container === null) return [];
  const addresses = Object.entries(container.addresses).map(([network, address]) => `${address} (${network})`);
  return [
    [title, `${container.name} ${container.id.slice(0, 12)}`],
    ['Image', `${container.image.ref} ${container.image.id.slice(0, 19)}`],
    ['Limits', limitText(container.limits)],
    ['Address', addresses.join(', ')],
    ['Arguments', container.args.join(' ')],
    ['Mounts', container.mounts.map(({ volume, target }) => `${volume} at ${target}`).join(', ')],
  ];
}

/** The volumes beside the chain's. */
function volumeRows({ volumes, volume }: NodeInspection): readonly Row[] {
  const others = volumes.filter(({ name }) => name !== volume?.name);
  return others.map(({ name, role, mountpoint }) => ['Volume', `${name} (${mountpoint ?? role ?? 'unknown'})`]);
}

function limitText({ memoryBytes, swapBytes, cpus, pids }: NonNullable<NodeInspection['container']>['limits']): string {
  const parts = [
    memoryBytes === null ? 'memory without limit' : `memory ${formatSize(memoryBytes)}`,
    swapBytes === null ? null : `swap ${formatSize(swapBytes)}`,
    cpus === null ? null : `${cpus} CPUs`,
    pids === null ? null : `${pids} processes`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
