import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UNPRINTABLE } from '../../../src/node/printable.ts';
import { makeRedactor } from './make-redactor.ts';

const HEX = '4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const ENODE = `enode://${HEX}${HEX}@83.12.3.4:30303?discport=0`;

const HARMLESS = [
  'INFO [11-21|12:00:00.000] Generated JWT secret                     path=/data/geth/jwtsecret',
  'INFO [11-21|12:00:00.000] Commit new sealing work number=12 sealhash=1a2b3c..4d5e6f txs=0 gas=0 fees=0 elapsed=183.4us',
  'INFO [11-21|12:00:00.000] Loaded most recent local block number=0 hash=d4e567..cb8fa3 td=17,179,869,184 age=56y8mo1w',
  'Fatal: Failed to open db err="open /data/geth/chaindata/MANIFEST-000012: no space left on device"',
  'goroutine 1 [running]: github.com/ethereum/go-ethereum/eth/downloader.(*Downloader).processSnapSyncContent(0xc000184000)',
  '	/root/go/pkg/mod/github.com/cockroachdb/pebble@v1.1.5/sstable/reader.go:12 +0x1f',
  'github.com/cockroachdb/pebble v0.0.0-20240101120000-abcdef123456 basic authentication failed',
  'WARN [11-21|12:00:00.000] Served eth_coinbase conn=172.17.0.1:5123 reqid=1 listening on [::]:30303 and 127.0.0.1:8545 fe80::1',
  `ERROR BAD BLOCK Hash: 0x${HEX} root=${HEX}`,
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${HEX},mems_allowed=0,oom_memcg=/docker/${HEX},task=geth,pid=12,uid=0`,
  'Memory cgroup out of memory: Killed process 23663 (geth) total-vm:67568kB, anon-rss:65024kB, UID:0 pgtables:168kB oom_score_adj:0',
  '/system.slice/docker-0123456789ab.scope 2026-11-21T12:00:00.123456789Z 12:34:56 v1.17.8-stable-1c4ad9a6',
  'unix:///var/run/docker.sock',
  'INFO [11-21|12:00:00.000] HTTP server started endpoint=[::]:8545 auth=false prefix= cors= vhosts=localhost',
  'not-answering: http://127.0.0.1:8545 no complete answer by the deadline',
  'computer or losing power will wipe your entire block data and chain state for your dev environment.',
];

test("what helps whoever reads it, and is nobody's secret, stays as it is", () => {
  for (const line of HARMLESS) expect(makeRedactor().text(line)).toBe(line.trim());
});

test.each([
  ['password: correct horse battery staple', 'horse'],
  ['{"password":"a\\"hunter2","n":1}', 'hunter2'],
  ['{\\"jwt\\":\\"hunter2\\",\\"n\\":2}', 'hunter2'],
  ["{'apiKey': 'hunter2'}", 'hunter2'],
  ['\u001b[32mpassword\u001b[0m=hunter2', 'hunter2'],
  ['--password hunter2 --cache 12', 'hunter2'],
  ['--metrics.influxdb.token "hunter 2 x"', 'hunter'],
  ['https://user:p@hunter2@mainnet.infura.io/v3/abc', 'hunter2'],
  ['https://user:hunt/er2@host/', 'hunt'],
  ['https://mainnet.infura.io/v3/hunter2?k=hunter2#hunter2', 'hunter2'],
  ['wss:\\/\\/node.quiknode.pro\\/hunter2', 'hunter2'],
  ['https://0123456789abcdef0123.eth.rpc.rivet.cloud/', '0123456789abcdef0123'],
  ['ethstats node:hunter2@stats.example:3000', 'hunter2'],
  ['dialing me@example.org', 'me@'],
  ['Authorization: Bearer hunter2.x', 'hunter2'],
  ['authorized with Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
  ['sent eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MDB9.5t_hunter2', 'hunter2'],
  ['using AKIAIOSFODNN7EXAMPLE now', 'AKIAIOSFODNN7EXAMPLE'],
  [`raw ${HEX}`, HEX.slice(0, 12)],
  [`key 0x${HEX.toUpperCase()}`, HEX.toUpperCase().slice(0, 12)],
  [HEX.match(/../g)?.join(':') ?? '', '4f:3e:df'],
  [
    `[${HEX.match(/../g)
      ?.map((byte) => Number.parseInt(byte, 16))
      .join(' ')}]`,
    '79 62 223',
  ],
  ['seed words abandon ability able about above absent absorb abstract absurd abuse access accident', 'absurd'],
  ['-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY----- after', 'hunter2'],
  [ENODE, HEX],
  [ENODE, '83.12.3.4'],
  ['peer 2001:4860:4860::8888 and ::ffff:83.12.3.4', '4860'],
  ['ip4/83.12.3.4/tcp/9000/p2p/16Uiu2HAmPe6p6Q9LxQkH5ZcPnMDzcqZ6V4aTqQmVZNq5sFv6Rt1h', '16Uiu2HA'],
  ['enr:-Iq4QFLg0NoMmpkNjvM1hGsTFQpQ7VYT-enr-record_with_an_address', 'Iq4QFLg0'],
])('%s loses %s', (line, secret) => {
  const redactor = makeRedactor();
  expect(redactor.text(line)).not.toContain(secret);
  expect(Object.keys(redactor.takeCounts())).not.toEqual([]);
});

test('one thing has one name in one bundle, and none of another kind of thing', () => {
  const { text } = makeRedactor();
  const name = text('83.12.3.4');
  expect(text('again 83.12.3.4:30303')).toContain(name);
  expect(text('83.12.3.5')).not.toBe(name);
});

test('addresses and enodes stay where they were asked for, and nothing else does', () => {
  const { text } = makeRedactor({ policy: { ips: 'keep', enodes: 'keep' } });
  expect(text(`self=${ENODE}`)).toBe(`self=${ENODE}`);
  expect(text('https://user:hunter2@83.12.3.4:8545/key')).toBe('https://83.12.3.4:8545/***');
  expect(makeRedactor({ policy: { ips: 'hash', enodes: 'keep' } }).text(ENODE)).toContain(`enode://${HEX}${HEX}@ip-`);
});

test('a secret that is known goes wherever it stands, and an id that is known stays', () => {
  const { text } = makeRedactor({ secrets: ['tiny', 'tiny-and-more'], keep: [HEX] });
  expect(text(`a tiny-and-more of tiny in ${HEX}`)).toBe(`a *** of *** in ${HEX}`);
});

test('a long line ends before the word that would be torn', () => {
  const line = `${'x '.repeat(8_000)}tail ${'y'.repeat(500)}${HEX}`;
  expect(makeRedactor().text(line)).not.toContain('yyy');
  expect(makeRedactor().text('A'.repeat(50_000)).length).toBeLessThan(100);
});

/** Ways in which a log, an address or a document bears a secret. */
const SHAPES: readonly ((secret: string, filler: string) => string)[] = [
  (secret) => `password=${secret}`,
  (secret) => `INFO [11-21|12:00:00.000] Opened wallet passphrase=${secret} n=1`,
  (secret) => `"authToken": "${secret}"`,
  (secret) => `{"err":"{\\"secret\\":\\"${secret}\\"}"}`,
  (secret, filler) => `https://${filler}:${secret}@example.org`,
  (secret) => `https://example.org/v2/${secret}`,
  (secret) => `wss://example.org/?apikey=${secret}&x=1`,
  (secret, filler) => `dial ${filler}:${secret}@example.org:3000 failed`,
  (secret) => `geth --nodekeyhex=${secret} --cache 512`,
  (secret) => `geth --nodekeyhex ${secret} --cache 512`,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `X-Api-Key: ${secret}`,
  (secret) => `\u001b[33mJWT_SECRET\u001b[0m=${secret}`,
];
const WORD = fc.stringMatching(/^[A-Za-z0-9_~.+-]{8,60}$/);
const OPAQUE = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  fc.uint8Array({ minLength: 16, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase()),
);
const FILLER = fc.stringMatching(/^[a-z]{1,12}$/);

test('a secret comes through in none of the shapes in which one is named', () => {
  fc.assert(
    fc.property(WORD, FILLER, fc.nat(SHAPES.length - 1), fc.string({ unit: 'binary', maxLength: 40 }), (secret, filler, shape, noise) => {
      const line = `${noise} ${SHAPES[shape]?.(secret, filler)}`;
      // What the line says besides may be the same by chance.
      fc.pre(!secret.startsWith('--') && !(SHAPES[shape]?.('', filler) ?? '').includes(secret) && !noise.includes(secret));
      expect(makeRedactor().text(line)).not.toContain(secret);
    }),
    { numRuns: 1_500 },
  );
});

test('a key comes through nowhere, whatever stands around it', () => {
  fc.assert(
    fc.property(
      OPAQUE,
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(' ', '=', ':', '"', ',', '(', '/', '\n', '\t'),
      (key, noise, mark) => {
        fc.pre(
          !/(hash|root|parent|head|block|ancestor|genesis|have|want|new|txs?|number|sha256|checkpoint|docker|libpod|cpuset)\W*$/i.test(
            noise,
          ),
        );
        expect(makeRedactor().text(`${noise}${mark}${key}${mark}${noise}`)).not.toContain(key.slice(0, 16));
      },
    ),
    { numRuns: 1_500 },
  );
});

test('whatever comes, nothing unprintable comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const once = makeRedactor().text(text);
      expect(once.replaceAll('\n', '').match(UNPRINTABLE)).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test.each([
  'a',
  '-',
  '"',
  '\\"',
  'key=',
  'password="',
  'https://',
  '@',
  ':',
  'abc ',
  '1 ',
  'ab:',
  '1.',
  '\u001b[',
  '-----BEGIN A-----',
  'eyJabcdef.',
  'basic ',
])('a line of nothing but %j takes no time', (piece) => {
  const line = piece.repeat(Math.ceil(16_000 / piece.length));
  const started = performance.now();
  makeRedactor().text(line);
  expect(performance.now() - started).toBeLessThan(400);
});
