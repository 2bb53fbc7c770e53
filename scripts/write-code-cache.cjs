'use strict';
// Runs representative commands in this process, then writes what V8 compiled for them beside each chunk. They meet an engine
// and a geth made of paper, and a state folder of their own: the machine's engine is not asked and nothing is left behind.
const { mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { loadChunks } = require('./load-chunks.cjs');
const { rehearsalEngine } = require('./rehearsal-engine.cjs');

const [folder, entry, completion] = process.argv.slice(2);

/** The engine's socket is closed for the first, open for the others. */
const UNREACHABLE = ['ls'];
const UP = ['up', '--network', 'dev', '--memory', '1G', '--swap', '0', '--port', 'auto', '--force', '--timeout', '2s'];
const REHEARSAL = [
  ['--version'],
  ['--help'],
  ['no-such-command'],
  ['version', '--json'],
  ['up', '--help'],
  [...UP, '--dry-run'],
  UP,
  UP,
  ['ls'],
  ['ls', '--json'],
  ['status'],
  ['status', '--json'],
  ['__complete', 'bash', '--', ' =', 'nodectl up --network=d'],
  ['__complete', 'zsh', '--', 'down', ''],
  ['__complete', 'fish', '--', ''],
  ['down'],
];

async function rehearse(state) {
  const geth = rehearsalEngine();
  const engine = rehearsalEngine((ports) => geth.listen(ports['8545/tcp'][0].HostPort, '127.0.0.1'));
  const socket = join(state, 'engine.sock');
  Object.assign(process.env, { DOCKER_HOST: `unix://${socket}`, XDG_STATE_HOME: state, XDG_CACHE_HOME: state, CI: 'true' });
  // What is written shall come from the code alone, never from an older cache.
  const { load, scripts } = loadChunks(folder, { cached: false });
  const { main } = load(entry);
  const { complete } = load(completion);
  process.setMaxListeners(0);
  const run = async (words) => {
    process.stderr.write(`+ nodectl ${words.join(' ')}\n`);
    const install = join(folder, '..', '..');
    await (words[0] === '__complete' ? complete(words.slice(1), install) : main(words, install));
    process.stderr.write(`= ${process.exitCode ?? 0}\n`);
  };
  await run(UNREACHABLE);
  await new Promise((resolve) => engine.listen(socket, resolve));
  for (const words of REHEARSAL) await run(words);
  for (const [name, script] of scripts) {
    const path = join(folder, `${name}.cache`);
    writeFileSync(`${path}.${process.pid}.tmp`, script.createCachedData());
    renameSync(`${path}.${process.pid}.tmp`, path);
  }
}

const state = mkdtempSync(join(tmpdir(), 'nodectl-build-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));
rehearse(state).then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
