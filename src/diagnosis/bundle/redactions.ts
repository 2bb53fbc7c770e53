import { isPublicAddress } from './network-address.ts';
import { looksOpaque } from './opaque-word.ts';
import type { RedactorParts } from './redactor.ts';
import { SECRET_NAME_IN_TEXT } from './secret-names.ts';
import { shownAddress, WEB_ADDRESS } from './web-address.ts';

interface Hand extends RedactorParts {
  /** Keeps a piece from every later redaction. */
  hold(text: string): string;
  count(): void;
}

/** One shape of what must not be given away. Each takes time in proportion to the line, whatever stands in it. */
interface Redaction {
  readonly kind: string;
  apply(text: string, hand: Hand): string;
}

const QUOTED = String.raw`\\?"(?:[^"\\]|\\[^"]|\\"(?!\s*[,}\]:]))*(?:\\?"|$)|'[^']*(?:'|$)`;
/** Up to the next `word=`: a password may hold spaces. */
const UNQUOTED = String.raw`\S+(?:\s+(?![\w.-]{1,60}=)\S+)*`;
const NAMED_SECRET = new RegExp(
  `(${SECRET_NAME_IN_TEXT}\\\\?["']?\\s{0,8}(?:=>|[=:])\\s{0,8})(?!(?:true|false|null|nil)\\b)(${QUOTED}|${UNQUOTED})`,
  'gi',
);
const OPTION_SECRET = new RegExp(`((?<![\\w-])--?[\\w.-]{0,60}?${SECRET_NAME_IN_TEXT})\\s+(?!--)(${QUOTED}|\\S+)`, 'gi');

// Looking back keeps an engine from trying each place of a long run again.
const HEX = /(?<![0-9a-f])(?:0x)?[0-9a-f]{32,}|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
/** Words before a hash that everybody on the chain knows. */
const PUBLIC_BEFORE =
  /(?:hash|root|parent|head|block|ancestor|genesis|have|want|new|txs?|number|sha256|checkpoint)["']?\s{0,2}[=:(]?\s{0,2}\\?["']?$|docker[-/]$|libpod-$|cpuset=$/i;
const BYTE_LIST =
  /(?<![0-9a-f])(?:(?:0x)?[0-9a-f]{2}[\s:,-]{1,2}){15,}(?:0x)?[0-9a-f]{2}|(?<![\d.])\d{1,3}(?:[\s,]{1,2}\d{1,3}){15,}(?![\d.])/gi;
const RANDOM_WORD = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_=-]{24,}/g;
const KNOWN_PREFIX = /\b(?:AKIA|ASIA|AIza|ghp_|gho_|ghs_|ghu_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|npm_|hvs\.|dop_v1_)[\w-]{8,}/g;
/** Words of English sentences that no list of such phrases has. */
const NO_PHRASE = '(?!(?:the|and|for|your|are|was|were|from|with|has|had|its|not|but|been|which|into|these|those|their|them)\\b)';
const MNEMONIC = new RegExp(`\\b(?:${NO_PHRASE}[a-z]{3,8}[ ,]{1,2}){11,}${NO_PHRASE}[a-z]{3,8}\\b`, 'g');
const ENODE = /enode:\/\/([0-9a-f]{16,})/gi;
const RECORD = /\benr:[\w-]{20,}/g;
const PEER_ID = /\b(?:16Uiu2HA|12D3KooW|Qm)[1-9A-HJ-NP-Za-km-z]{30,60}\b/g;
const BEARER = /\b([Bb]earer|[Bb]asic|[Dd]igest|[Nn]egotiate|BEARER|BASIC)\s+(?=[\w+/=._~-]{8})(?=\S*[\dA-Z=_])[\w+/=._~-]+/g;
const TOKEN_OF_PARTS = /\beyJ[\w-]{4,}(?:\.[\w-]*){1,4}/g;
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g;
const IPV6 = /(?<![\w:.])[0-9a-f:]{2,45}(?:\.\d{1,3}){0,3}(?![\w:])/gi;

/** In this order: what is whole first, its parts after it. */
export const REDACTIONS: readonly Redaction[] = [
  {
    kind: 'peers',
    apply: (text, { policy, pseudonym, hold, count }) => {
      if (policy.enodes === 'keep')
        return text
          .replace(ENODE, hold)
          .replace(PEER_ID, hold)
          .replace(RECORD, (all) => keptRecord(all));
      return text
        .replace(ENODE, (_, key: string) => named(`enode://${pseudonym('enode', key.toLowerCase())}`))
        .replace(RECORD, (all) => named(pseudonym('enr', all)))
        .replace(PEER_ID, (all) => named(pseudonym('peer', all)));
      function keptRecord(all: string): string {
        // It holds the address as well.
        return policy.ips === 'keep' ? hold(all) : named(pseudonym('enr', all));
      }
      function named(name: string): string {
        count();
        return hold(name);
      }
    },
  },
  {
    kind: 'addresses of servers',
    apply: (text, hand) => {
      if (!text.includes('//') && !text.includes('\\/')) return text;
      return text.replace(WEB_ADDRESS, (all) => {
        const shown = shownAddress(all, (host) => shownIp(host, hand));
        if (shown === undefined) return all;
        if (shown.includes('***')) hand.count();
        return hand.hold(shown);
      });
    },
  },
  {
    kind: 'users at hosts',
    apply: (text, { hold, count }) => {
      if (!text.includes('@')) return text;
      return text.replace(/[^\s"'`<>]+/g, (word) => {
        const at = word.lastIndexOf('@');
        if (at < 1 || !isUser(word.slice(0, at), word.slice(at + 1))) return word;
        count();
        return `${hold('***')}@${word.slice(at + 1)}`;
      });
    },
  },
  { kind: 'secrets by name', apply: (text, hand) => hide(text, OPTION_SECRET, hand, (all, name: string) => all.slice(0, name.length + 1)) },
  { kind: 'secrets by name', apply: (text, hand) => hideNamed(text, hand) },
  { kind: 'tokens', apply: (text, hand) => hide(text, BEARER, hand, (_, scheme: string) => `${scheme} `) },
  { kind: 'tokens', apply: (text, hand) => hide(text, TOKEN_OF_PARTS, hand) },
  { kind: 'tokens', apply: (text, hand) => hide(text, KNOWN_PREFIX, hand) },
  { kind: 'phrases', apply: (text, hand) => hide(text, MNEMONIC, hand) },
  { kind: 'keys', apply: (text, hand) => hide(text, BYTE_LIST, hand) },
  {
    kind: 'hexadecimal words',
    apply: (text, { pseudonym, hold, count }) =>
      text.replace(HEX, (word: string, offset: number) => {
        const digits = word.replace(/^0x/i, '').toLowerCase();
        if (digits.length === 64 && PUBLIC_BEFORE.test(text.slice(Math.max(0, offset - 24), offset))) return hold(word);
        count();
        return hold(pseudonym('hex', digits));
      }),
  },
  {
    kind: 'opaque words',
    apply: (text, { pseudonym, hold, count }) =>
      text.replace(RANDOM_WORD, (word) => {
        if (!looksOpaque(word)) return word;
        count();
        return hold(pseudonym('opaque', word));
      }),
  },
  {
    kind: 'addresses',
    apply: (text, hand) => text.replace(IPV4, (ip) => shownIp(ip, hand)).replace(IPV6, (ip) => shownIp(ip, hand)),
  },
];

/** `name:password` or a mail address; a Go module is `name@v1.2.3`, and an enode stands before its address as one held piece. */
function isUser(before: string, after: string): boolean {
  if (/[\u{f0000}-\u{ffffd}]$/u.test(before)) return false;
  if (before.includes(':')) return true;
  return /^[\w.+=-]+$/.test(before) && /^[a-z\d[]/i.test(after) && !/^v\d/.test(after);
}

function hide(text: string, pattern: RegExp, { hold, count }: Hand, before: (all: string, name: string) => string = () => ''): string {
  return text.replace(pattern, (all: string, name: string) => {
    count();
    return `${before(all, name)}${hold('***')}`;
  });
}

/** Quotes stay, so that a line of JSON stays one. */
function hideNamed(text: string, { hold, count }: Hand): string {
  return text.replace(NAMED_SECRET, (_: string, name: string, value: string) => {
    count();
    const quote = /^\\?["']/.exec(value)?.[0] ?? '';
    return `${name}${quote}${hold('***')}${quote}`;
  });
}

function shownIp(host: string, { policy, pseudonym, hold, count }: Hand): string {
  const bare = host.replace(/^\[|\]$/g, '');
  if (policy.ips === 'keep' || !isPublicAddress(bare)) return host;
  count();
  return hold(pseudonym('ip', bare.toLowerCase()));
}
