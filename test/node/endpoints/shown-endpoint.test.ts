import { describe, expect, it } from 'vitest';
import { beaconAddress } from '../../../src/node/endpoints/beacon-address.ts';
import { parseEndpoint, shownEndpoint } from '../../../src/node/endpoints/shown-endpoint.ts';
import { errorOf } from '../../error-code.ts';

describe('an address as it is shown', () => {
  it.each([
    ['https://eth.example/v2/KEY?apikey=KEY#KEY', 'https://eth.example'],
    ['https://KEY:KEY@eth.example:8545/', 'https://eth.example:8545'],
    ['http://[2001:db8::1]:5052/KEY', 'http://[2001:db8::1]:5052'],
    ['http://KEY@127.0.0.1', 'http://127.0.0.1'],
    ['KEY', 'an unreadable address'],
  ])('of %s is %s', (url, shown) => {
    expect(shownEndpoint(url)).toBe(shown);
  });
});

describe('an address that a person gives', () => {
  it.each([
    ['https://eth.example', 'https://eth.example'],
    [' https://eth.example/ ', 'https://eth.example'],
    ['HTTPS://Eth.Example:443/v2/Key?q=1', 'https://eth.example/v2/Key?q=1'],
    ['https://user:p%40ss@eth.example/v2/', 'https://user:p%40ss@eth.example/v2/'],
    ['http://[::1]:3500', 'http://[::1]:3500'],
    ['http://127.0.0.1:3500/', 'http://127.0.0.1:3500'],
    ['https://eth.example/a@b', 'https://eth.example/a@b'],
    ['http://xn--bcher-kva.example', 'http://xn--bcher-kva.example'],
  ])('is taken: %s', (text, url) => {
    expect(parseEndpoint(text, '--beacon-api')).toBe(url);
    expect(parseEndpoint(url, '--beacon-api')).toBe(url);
  });

  it.each([
    '',
    '   ',
    'SECRET.example',
    'https:/SECRET.example',
    'https://',
    'ftp://SECRET.example',
    'wss://SECRET.example',
    'file:///SECRET',
    'javascript:SECRET',
    'https://SECRET.example#part',
    'https://SECRET.example/#',
    'https://SECRET .example',
    'https://SECRET.example/\u0000',
    'https://bücher.example/SECRET',
    'https://secret.exаmple/SECRET',
    'https://SECRET.example/\u202e',
    'https:\\\\SECRET.example',
    'https://SECRET.example\\@evil.example',
    'https://SECRET.example:99999',
    'https://SECRET.example:0',
    'http://0x7f.1/SECRET',
    'http://2130706433/SECRET',
    'http://%31%32%37.0.0.1/SECRET',
    'http://[::1/SECRET',
    `https://eth.example/${'SECRET'.repeat(400)}`,
  ])('is refused as USAGE, without being repeated: %j', (text) => {
    const { code, message, hint } = errorOf(() => parseEndpoint(text, '--beacon-api'));
    expect([code, message]).toEqual(['USAGE', expect.stringContaining('--beacon-api')]);
    expect(`${message}${hint}`.toLowerCase()).not.toContain('secret');
  });
});

describe('a path of the beacon API', () => {
  it.each([
    ['https://b.example', 'https://b.example/eth/v1/x'],
    ['https://b.example/', 'https://b.example/eth/v1/x'],
    ['https://u:p@b.example/key/?q=1', 'https://u:p@b.example/key/eth/v1/x?q=1'],
  ])('stands below %s', (base, address) => {
    expect(beaconAddress(base, '/eth/v1/x')).toBe(address);
  });
});
