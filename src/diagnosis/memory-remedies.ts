import type { Remedy } from '../finding.ts';
import { shellWord } from '../host/shell-word.ts';
import { memorySettings } from '../node/geth-rules/memory-rules.ts';
import { compareVersions } from '../node/geth-version.ts';
import { formatSize, GIB, MIB } from '../node/size.ts';
import { commandsFor, sizeWord } from './commands.ts';
import type { CaseEvidence } from './evidence.ts';
import { gethMemoryWords } from './geth-memory-words.ts';

/** The first geth that reads the limit of its container when it sizes its caches (cmd/utils and internal/memlimit of each tag). */
const SEES_ITS_LIMIT = '1.17.4';
/** Of the host's memory that one node may have: the engine and the system need the rest. */
const SHARE_OF_HOST = 0.85;
const GRAIN = 256 * MIB;
/** With less no setting helps a geth that has a chain. */
const LEAST = 512 * MIB;

/**
 * What helps a container that was killed at its own limit, what helps most first: settings that fit the limit, then more memory where
 * the host has it, then swap (measured: swap alone saved no node whose settings did not fit).
 */
export function memoryRemedies(evidence: CaseEvidence): readonly Remedy[] {
  const found = [settingsRemedy(evidence), raiseRemedy(evidence), swapRemedy(evidence)].filter((remedy) => remedy !== undefined);
  if (found.length > 0) return found;
  return [{ text: 'The host has no more memory to give: use a larger machine, or a network that needs less.', commands: [] }];
}

/** A cache or a Go heap that is too large for the limit. */
function settingsRemedy(evidence: CaseEvidence): Remedy | undefined {
  const { container, role, node, gethVersion } = evidence;
  const limit = container.limits.memory;
  if (role !== 'execution' || limit < LEAST) return undefined;
  const version = gethVersion ?? SEES_ITS_LIMIT;
  const fit = memorySettings(version, limit);
  const now = gethMemoryWords(container.args, container.env);
  if (now.cacheMib !== null && now.cacheMib <= 1.5 * fit.cacheMib && now.heapLimited) return undefined;
  const blind = gethVersion !== null && compareVersions(gethVersion, SEES_ITS_LIMIT) < 0;
  const cache = now.cacheMib === null ? 'its own default for --cache' : `--cache ${now.cacheMib}`;
  const why = `${cache}${now.heapLimited ? '' : ' and no limit of the Go heap'} in ${formatSize(limit)}${
    blind ? `; geth ${gethVersion} sizes itself by the memory of the host, from ${SEES_ITS_LIMIT} on by that of its container` : ''
  }`;
  if (node !== null) {
    return { text: `It was made with ${why}: make it again with what fits.`, commands: commandsFor(evidence).up('') };
  }
  const heap = fit.heapBy === '--memorylimit' ? `--memorylimit ${fit.heapMib}` : `-e GOMEMLIMIT=${fit.heapMib}MiB before the image`;
  return { text: `It runs with ${why}: make it again with --cache ${fit.cacheMib} and ${heap}.`, commands: [] };
}

/** Half as much again of what it has, where the host can give it; undefined where it cannot. */
export function raiseRemedy(evidence: CaseEvidence): Remedy | undefined {
  const { container, spec, node, host } = evidence;
  const limit = container.limits.memory;
  if (limit <= 0) return undefined;
  const whole = node === null || spec === null ? limit : spec.memory;
  const wanted = Math.max(LEAST, Math.ceil((whole * 1.5) / GRAIN) * GRAIN);
  const most = host.memory === null ? Number.POSITIVE_INFINITY : Math.floor((host.memory.total * SHARE_OF_HOST) / GRAIN) * GRAIN;
  const target = Math.min(wanted, most);
  if (target <= whole) return undefined;
  const text = `Give it ${formatSize(target)} of memory in place of ${formatSize(whole)}.`;
  if (node !== null) return { text, commands: commandsFor(evidence).up(`--memory ${sizeWord(target)}`) };
  return { text, commands: [dockerUpdate(evidence, target, swapOf(evidence)), commandsFor(evidence).start] };
}

/** As much swap as memory, where it has less. */
function swapRemedy(evidence: CaseEvidence): Remedy | undefined {
  const { container, spec, node, host } = evidence;
  const limit = container.limits.memory;
  if (limit <= 0) return undefined;
  const whole = node === null || spec === null ? { memory: limit, swap: swapOf(evidence) } : spec;
  const hostSwap = host.memory?.swapTotal;
  const lacksOnHost = hostSwap !== undefined && hostSwap < whole.memory;
  if (whole.swap >= whole.memory && !lacksOnHost) return undefined;
  const size = Math.ceil(whole.memory / GIB);
  const add = lacksOnHost ? [`nodectl host swap add --size ${size}G`] : [];
  const allow = whole.swap >= whole.memory ? [] : allowSwap(evidence, whole.memory);
  const has = hostSwap === undefined ? '' : ` (the host has ${formatSize(hostSwap)})`;
  return { text: `Add swap, which is slower but does not kill${has}.`, commands: [...add, ...allow] };
}

function allowSwap(evidence: CaseEvidence, swap: number): readonly string[] {
  if (evidence.node !== null) return commandsFor(evidence).up(`--swap ${sizeWord(swap)}`);
  return [dockerUpdate(evidence, evidence.container.limits.memory, swap)];
}

function dockerUpdate({ container }: CaseEvidence, memory: number, swap: number): string {
  const word = (bytes: number) => sizeWord(bytes).toLowerCase();
  const both = container.limits.memorySwap < 0 ? '-1' : word(memory + swap);
  return `docker update --memory ${word(memory)} --memory-swap ${both} ${shellWord(container.name)}`;
}

/** Swap beyond memory; unlimited swap counts as more than any memory. */
function swapOf({ container: { limits } }: CaseEvidence): number {
  return limits.memorySwap < 0 ? Number.MAX_SAFE_INTEGER : Math.max(0, limits.memorySwap - limits.memory);
}
