'use strict';
// Runs representative commands in this process, then writes what V8 compiled for them beside each chunk.
// No engine is needed: the commands meet a closed socket.
const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const [folder, entry] = process.argv.slice(2);
const REHEARSAL = [
  ['--version'],
  ['--help'],
  ['version', '--json'],
  ['ls'],
  ['status', '--json'],
  ['up', '--network', 'dev', '--dry-run'],
  ['up', '--help'],
  ['down', 'dev'],
  ['no-such-command'],
];

async function rehearse() {
  process.env.DOCKER_HOST = 'unix:///nonexistent/nodectl-build.sock';
  const { load, scripts } = require(join(folder, 'load-chunks.cjs')).loadChunks(folder);
  const { main } = load(entry);
  for (const words of REHEARSAL) await main(words, join(folder, '..'));
  for (const [name, script] of scripts) {
    const path = join(folder, `${name}.cache`);
    writeFileSync(`${path}.${process.pid}.tmp`, script.createCachedData());
    renameSync(`${path}.${process.pid}.tmp`, path);
  }
  process.exit(0);
}

void rehearse();
