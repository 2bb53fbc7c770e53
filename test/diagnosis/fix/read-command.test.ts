import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../../src/diagnosis/fix/read-command.ts';
import { GIB } from '../../../src/node/size.ts';

test.each([
  ['nodectl host swap add --size 2G', { kind: 'add-swap', size: 2 * GIB }],
  ['nodectl host swap add', { kind: 'add-swap', size: undefined }],
  ['nodectl up --name dev', { kind: 'up', node: 'dev' }],
  ['nodectl up --name dev --memory 3G --swap 1G', { kind: 'up', node: 'dev', memory: 3 * GIB, swap: GIB }],
  ['nodectl up --name dev --port auto', { kind: 'up', node: 'dev', port: 'auto' }],
  ['nodectl start dev', { kind: 'start', node: 'dev' }],
  ['nodectl restart dev', { kind: 'restart', node: 'dev' }],
  ['nodectl logs dev --consensus --tail 100', { kind: 'look', node: 'dev' }],
  ['docker start geth_container', { kind: 'start-container', container: 'geth_container' }],
  ['docker update --memory 3g --memory-swap -1 geth', { kind: 'update', container: 'geth', memory: 3 * GIB, memorySwap: -1 }],
  ['docker update --memory 3g --memory-swap 5g geth', { kind: 'update', container: 'geth', memory: 3 * GIB, memorySwap: 5 * GIB }],
])('%s is read', (command, deed) => {
  expect(readCommand(command)).toEqual(deed);
});

test.each([
  'docker system df',
  'nodectl up --name dev --network hoodi',
  'nodectl up --memory 3G',
  'nodectl up --name dev --memory',
  'nodectl up --name dev --memory lots',
  'nodectl up --name dev --name other',
  'nodectl up --name dev -- --cache 12',
  'nodectl up dev --name dev',
  'nodectl up --name dev --port 80',
  'nodectl start',
  'nodectl start dev other',
  'nodectl start --help',
  'nodectl startled dev',
  'nodectl restart dev now',
  'nodectl logs',
  'docker start geth; reboot',
  'docker update --memory 3g geth',
  'docker update --memory 3g --memory-swap 5g',
  'nodectl host swap add --size 2G --path /dev/sda',
  'sudo nodectl start dev',
])('%s is left to the person', (command) => {
  expect(readCommand(command)).toBeUndefined();
});

test('no text breaks it', () => {
  const words = fc.constantFrom(
    'nodectl',
    'up',
    'docker',
    'update',
    'start',
    'host',
    'swap',
    'add',
    '--name',
    '--memory',
    '--size',
    '3G',
    '-1',
    '',
    '$(x)',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((all) => all.join(' ')),
      ),
      (text) => {
        readCommand(text);
      },
    ),
  );
});
