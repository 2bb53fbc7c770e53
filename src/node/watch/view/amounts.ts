import { formatDuration } from '../../duration.ts';
import { formatSize, GIB, MIB } from '../../size.ts';

/** `21,012,345` */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `21.0M`, `999`: at most five characters. */
export function shortCount(value: number): string {
  for (const [letter, factor] of [
    ['T', 1e12],
    ['G', 1e9],
    ['M', 1e6],
    ['K', 1e3],
  ] as const) {
    if (value >= factor) return `${oneDecimal(value / factor)}${letter}`;
  }
  return String(Math.round(value));
}

/** `81.2 %`; what is not wholly done is never 100. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

/** `81%` */
export function shortPercent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

/** `2.9G`, `512M`: binary units, at most five characters below 1000T. */
export function shortSize(bytes: number): string {
  for (const [letter, factor] of [
    ['T', GIB * 1024],
    ['G', GIB],
    ['M', MIB],
    ['K', 1024],
  ] as const) {
    if (bytes >= factor) return `${oneDecimal(bytes / factor)}${letter}`;
  }
  return `${Math.round(bytes)}B`;
}

/** `2.94 of 4 GiB`: the unit once where both have it. */
export function sizeOf(used: number, limit: number): string {
  const [amount, unit] = formatSize(Math.round(used)).split(' ');
  const whole = formatSize(limit);
  return whole.endsWith(` ${unit}`) ? `${amount} of ${whole}` : `${amount} ${unit} of ${whole}`;
}

/** `312 blocks/s`, `4.2/min`: in the unit of time in which it is one or more. */
export function rateText(perSecond: number, unit: string): string {
  const what = unit === '' ? '' : ` ${unit}`;
  for (const [word, seconds] of [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
  ] as const) {
    const rate = perSecond * seconds;
    if (rate >= 1 || word === 'h') return `${rate >= 10 ? count(rate) : Math.round(rate * 10) / 10}${what}/${word}`;
  }
  return '';
}

/** How long something lasts already; whole seconds, since it is shown anew each second. */
export function age(ms: number): string {
  return ms < 1_000 ? '0s' : formatDuration(ms);
}

function oneDecimal(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
