/**
 * How a line for people begins, by program: its level, for Prysm the part that speaks, and the rest, which is a message and
 * perhaps `key=value` words. Up to geth 1.8.10 the time has no milliseconds; with `--log.debug` (up to 1.13.5) it is followed by the place in the source.
 */
export const LINE_HEADS: readonly { readonly program: string; readonly head: RegExp }[] = [
  {
    program: 'geth',
    head: /^(?<level>TRACE|DEBUG|INFO|WARN|ERROR|CRIT) ?\[\d\d-\d\d\|\d\d:\d\d:\d\d(?:\.\d{3})?(?:\|[^\]]*)?\] *(?<rest>[\s\S]*)$/,
  },
  {
    program: 'Prysm',
    head: /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\] +(?<level>[A-Z]{4,7})(?: (?<prefix>[^\s:]+):)? (?<rest>[\s\S]*)$/,
  },
  { program: 'Lighthouse', head: /^[A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d\.\d{3} (?<level>[A-Z]{4,5}) +(?<rest>[\s\S]*)$/ },
  { program: 'Nimbus', head: /^(?<level>[A-Z]{3}) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)? (?<rest>[\s\S]*)$/ },
  { program: 'Teku', head: /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3} (?<level>[A-Z]{4,5}) +- (?<rest>[\s\S]*)$/ },
  { program: 'Lodestar', head: /^[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d\.\d{3} ?\[[^\]]*\] +(?<level>[a-z]{4,7}): (?<rest>[\s\S]*)$/ },
];

/** How a Go program says, without a logger, that it dies; the stacks that follow are lines without a level. */
export const LAST_WORDS = /^(?:Fatal: |panic: |fatal error: |SIG[A-Z]+: |unexpected fault address )/;
