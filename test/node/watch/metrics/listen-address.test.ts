import { describe, expect, it } from 'vitest';
import { isLoopback, parseListenAddress, shownAddress } from '../../../../src/node/watch/metrics/listen-address.ts';

describe('an address to listen on', () => {
  it.each([
    ['127.0.0.1:9560', '127.0.0.1', 9560, true],
    ['9560', '127.0.0.1', 9560, true],
    [':9560', '127.0.0.1', 9560, true],
    ['127.8.9.1:0', '127.8.9.1', 0, true],
    ['0.0.0.0:65535', '0.0.0.0', 65_535, false],
    ['192.168.1.20:80', '192.168.1.20', 80, false],
    ['[::1]:9560', '::1', 9560, true],
    ['[0:0:0:0:0:0:0:1]:9560', '0:0:0:0:0:0:0:1', 9560, true],
    ['[::]:9560', '::', 9560, false],
    ['[fd00::5]:9560', 'fd00::5', 9560, false],
  ])('may be %s', (text, host, port, loopback) => {
    const address = parseListenAddress(text);
    expect(address).toEqual({ host, port });
    expect(address && isLoopback(address)).toBe(loopback);
  });

  it.each([
    '',
    ':',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:65536',
    '127.0.0.256:1',
    '127.1:9560',
    '1.2.3.4.5:1',
    '::1:9560',
    '[::1]',
    '[::g]:1',
    '[]:1',
    '[127.0.0.1]:1',
    'host:9560',
    'http://127.0.0.1:9560',
    '127.0.0.1:9560/metrics',
    '-1',
    '95 60',
    '0x10:1',
  ])('is not %j', (text) => {
    expect(parseListenAddress(text)).toBeUndefined();
  });

  it('is shown as a URL has it, and read back alike', () => {
    for (const text of ['127.0.0.1:9560', '[::1]:9560']) expect(shownAddress(parseListenAddress(text) ?? { host: '', port: 0 })).toBe(text);
  });
});
