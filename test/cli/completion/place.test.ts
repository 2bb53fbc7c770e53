import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/cli/completion/place.ts';

const COMMAND = {
  arguments: [
    { usage: '[node]', help: '' },
    { usage: '[files...]', help: '' },
  ],
  options: [
    { flags: '--network <name>', help: '' },
    { flags: '-n, --lines <number>', help: '' },
    { flags: '-f, --follow', help: '' },
    { flags: '-y, --yes', help: '' },
    { flags: '--for <goal>', help: '', repeatable: true },
  ],
};
const EXEC = {
  arguments: [
    { usage: '[node]', help: '' },
    { usage: '<words...>', help: '', afterDashes: true },
  ],
  options: COMMAND.options,
};

const place = (before: readonly string[], typed = '', command: typeof COMMAND | typeof EXEC = COMMAND) => placeOf(command, before, typed);
const offered = (before: readonly string[], typed = '') => {
  const found = place(before, typed);
  return found.kind === 'word' ? found.options.map(({ flags }) => flags) : [];
};

describe('the place of a word', () => {
  it.each([
    [['--network'], '', '--network <name>', ''],
    [['--network'], '-', '--network <name>', ''],
    [['x', '--network'], 'd', '--network <name>', ''],
    [[], '--network=', '--network <name>', '--network='],
    [[], '--network=a=b', '--network <name>', '--network='],
    [['-n'], '', '-n, --lines <number>', ''],
    [['-fn'], '', '-n, --lines <number>', ''],
    [['-y', '--for', 'rpc', '--for'], '', '--for <goal>', ''],
  ])('after %j, of %j, is a value of %s', (before, typed, flags, prefix) => {
    expect(place(before, typed)).toMatchObject({ kind: 'value', option: { flags }, prefix });
  });

  it.each([
    [[], '', '[node]'],
    [['--network', 'dev'], '', '[node]'],
    [['--network=dev'], '', '[node]'],
    [['-n5'], '', '[node]'],
    [['-nf'], '', '[node]'],
    [['a'], '', '[files...]'],
    [['a', 'b', 'c'], '', '[files...]'],
    [['--', '--network'], '', '[files...]'],
    [['--'], '--network=', '[node]'],
    [['-'], '', '[files...]'],
    [['--unknown'], '', '[node]'],
  ])('after %j, of %j, is the argument %s', (before, typed, usage) => {
    expect(place(before, typed)).toMatchObject({ kind: 'word', argument: { usage } });
  });

  it('is nothing more where every argument is there', () => {
    expect(placeOf({ arguments: [{ usage: '<node>', help: '' }], options: [] }, ['a'], '')).toMatchObject({ argument: undefined });
  });

  it("is another program's word after the dashes of a command that hands them on", () => {
    expect(place(['--'], '', EXEC)).toMatchObject({ argument: { afterDashes: true }, options: [] });
    expect(place(['a', 'b'], '', EXEC)).toMatchObject({ argument: undefined });
  });

  it('offers no option again, by whichever name it was given, unless it may be repeated', () => {
    expect(offered(['-y', '--network=dev', '--for', 'rpc'])).toEqual([
      ...['-n, --lines <number>', '-f, --follow', '--for <goal>', '--json', '-h, --help'],
    ]);
    expect(offered(['-fy'])).not.toContain('-f, --follow');
    expect(offered(['--network', '--yes'])).toContain('-y, --yes');
  });

  it('offers no option after two dashes', () => {
    expect(offered(['--'], '-')).toEqual([]);
  });
});
