import { NodectlError } from '../errors.ts';

const KIB = 1024;
export const MIB = KIB * KIB;
export const GIB = MIB * KIB;

const FACTORS: Readonly<Record<string, number>> = { '': 1, b: 1, k: KIB, m: MIB, g: GIB, t: GIB * KIB, p: GIB * MIB };
const SIZE = /^(\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?([kmgtp]?(?:i?b)?)$/i;

/** A bare number below this is taken for a forgotten unit: the engine's own least memory limit is 6 MiB. */
const LEAST_BARE_NUMBER = 4 * MIB;

/**
 * Bytes of a size written as docker's `--memory` reads it: binary units, `2g` = `2GB` = `2GiB`, a bare number is bytes.
 * INVALID_SIZE, naming the option, for what docker refuses and for a bare number too small to be meant.
 */
export function parseSize(text: string, option: string): number {
  const match = SIZE.exec(text);
  const suffix = (match?.[2] ?? '').toLowerCase();
  if (match === null || suffix === 'ib') throw invalid(text, option);
  const number = Number(match[1]);
  const bytes = Math.floor(number * (FACTORS[suffix.charAt(0)] ?? 1));
  if (!Number.isSafeInteger(bytes)) throw invalid(text, option, 'It is larger than any machine has.');
  if (suffix === '' && number > 0 && bytes < LEAST_BARE_NUMBER) {
    throw new NodectlError('INVALID_SIZE', `${option} ${text} means ${text} bytes, which is too small to be meant.`, {
      hint: `Did you mean ${option} ${match[1]}${likelyUnit(number)}?`,
    });
  }
  return bytes;
}

function likelyUnit(number: number): string {
  return number < 64 ? 'G' : 'M';
}

function invalid(text: string, option: string, why = ''): NodectlError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const message = `${option} ${JSON.stringify(shown)} is not a size. ${why}`.trimEnd();
  const withPoint = text.replace(',', '.');
  return text.includes(',') && SIZE.test(withPoint)
    ? new NodectlError('INVALID_SIZE', message, { hint: `Use a point for fractions: ${option} ${withPoint}.` })
    : new NodectlError('INVALID_SIZE', message);
}

/** `1.5 GiB`, `512 MiB`, `10 KiB`, `0 B`: at most two decimals, always binary units. */
export function formatSize(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unlimited';
  for (const [unit, factor] of [
    ['TiB', GIB * KIB],
    ['GiB', GIB],
    ['MiB', MIB],
    ['KiB', KIB],
  ] as const) {
    if (bytes >= factor) return `${Math.round((bytes / factor) * 100) / 100} ${unit}`;
  }
  return `${bytes} B`;
}
