import { withoutColour } from '../../node/log/without-colour.ts';
import { printable } from '../../node/printable.ts';
import { shownAddress } from '../bundle/web-address.ts';

/** As much of a line is shown. */
const TEXT_MOST = 300;
/** What stands beyond is not looked at. */
const READ_MOST = 2_000;

/** An address from behind its scheme on, whatever stands before that; also one whose slashes JSON has escaped. */
const BEHIND_SCHEME = /:(?:\\?\/){2}[^\s"'`<>]*/g;
const LONGEST_SCHEME = 20;

/** A program's line as a diagnosis shows it: printable, 300 characters at most, and of addresses no more than whose they are. */
export function toldLine(line: string): string {
  const whole = withoutColour(wholeWords(line));
  const shown = whole.replace(BEHIND_SCHEME, (address, at: number) => {
    const scheme = /[a-z]+$/i.exec(whole.slice(Math.max(0, at - LONGEST_SCHEME), at))?.[0] ?? 'x';
    return shownAddress(`${scheme}${address}`, (host) => host)?.slice(scheme.length) ?? address;
  });
  return printable(shown, TEXT_MOST);
}

/** Half an address does not show where its password begins. */
function wholeWords(line: string): string {
  if (line.length <= READ_MOST) return line;
  const end = line.lastIndexOf(' ', READ_MOST);
  return end > 0 ? line.slice(0, end) : line.slice(0, TEXT_MOST).replace(/:(?:\\?\/){2}[\s\S]*/, '://***');
}
