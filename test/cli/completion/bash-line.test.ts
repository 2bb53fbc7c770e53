import { describe, expect, it } from 'vitest';
import { readBashLine } from '../../../src/cli/completion/bash-line.ts';

/** What bash has unless somebody changes it. */
const BREAKS = ' \t\n"\'><=;|&(:';

const read = (line: string) => readBashLine(line, BREAKS);

describe('a bash line', () => {
  it.each([
    ['nodectl st', ['nodectl', 'st'], 0],
    ['nodectl status ', ['nodectl', 'status', ''], 0],
    ['nodectl  status\tdev', ['nodectl', 'status', 'dev'], 0],
    ['nodectl up --network=d', ['nodectl', 'up', '--network=d'], 10],
    ['nodectl up --network=', ['nodectl', 'up', '--network='], 10],
    ['nodectl up --network="d', ['nodectl', 'up', '--network=d'], 10],
    ["nodectl up 'a b' \"c d", ['nodectl', 'up', 'a b', 'c d'], 0],
    ['nodectl up a\\ b', ['nodectl', 'up', 'a b'], 0],
    ['nodectl up a\\=b', ['nodectl', 'up', 'a=b'], 0],
    ['nodectl up "a\\"b', ['nodectl', 'up', 'a"b'], 0],
    ["nodectl up 'a\\", ['nodectl', 'up', 'a\\'], 0],
    ['nodectl up ""', ['nodectl', 'up', ''], 0],
    ['nodectl peers add dev enode://a:3', ['nodectl', 'peers', 'add', 'dev', 'enode://a:3'], 10],
    ['nodectl status ünode', ['nodectl', 'status', 'ünode'], 0],
    ['nodectl up \\', ['nodectl', 'up', ''], 0],
    ['', [''], 0],
  ])('%j has the words %j', (line, words, kept) => {
    expect(read(line)).toMatchObject({ words, kept });
  });

  it('expands and runs nothing of what is typed', () => {
    expect(read('nodectl status $(reboot) `reboot` $HOME ~ * "$(reboot)').words.slice(2)).toEqual([
      ...['$(reboot)', '`reboot`', '$HOME', '~', '*', '$(reboot)'],
    ]);
  });

  it('keeps what stands before the last break only where bash breaks there', () => {
    expect(readBashLine('nodectl up --network=d', ' \t\n').kept).toBe(0);
  });

  it('tells where a file is named that is read or written', () => {
    expect(read('nodectl ls > fi')).toMatchObject({ redirects: true });
    expect(read('nodectl ls 2>fi')).toMatchObject({ redirects: true });
    expect(read('nodectl ls > file ')).toMatchObject({ redirects: false });
  });
});
