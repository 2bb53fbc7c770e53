// node bench/storage.mjs [ROUNDS]: writing to a chain volume that is a filesystem of its own (--storage), beside a plain one. Needs root.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docker } from './docker.mjs';
import { exportChain, fillChain, ROOMY, run } from './own-chain.mjs';
import { ENV, medians, time } from './rounds.mjs';
import { row, table } from './table.mjs';

const NAMES = { plain: `bench-plain-${process.pid}`, sized: `bench-sized-${process.pid}` };
const SIZED = ['--storage', '3G', '--storage-mode', 'sized'];
/** 72 MiB of code, and as much in blocks. */
const CONTRACTS = 3000;
const GETH = ['--datadir', '/data', '--cache', '256'];

/** What a database writes: large files that are synced at their end, and a log that is synced all the time. */
const MIX = `
dd if=/dev/zero of="$1/table" bs=1M count=256 conv=fsync
dd if=/dev/zero of="$1/log" bs=4k count=1000 oflag=dsync
dd if=/dev/zero of="$1/batches" bs=256k count=200 oflag=dsync
for i in $(seq 1 20); do dd if=/dev/zero of="$1/table.$i" bs=2M count=1 conv=fsync; done
rm "$1"/table* "$1"/log "$1"/batches
sync -f "$1"`;

/** Why it cannot be measured here; undefined when it can. */
export function noSized() {
  if (process.getuid?.() !== 0) return 'not root';
  return existsSync('/dev/loop-control') ? undefined : 'a kernel without loop devices';
}

/** Medians in ms of a mix of dd and of `geth import` of the same blocks, on both kinds of volume. */
export async function writingSized(nodectl, rounds) {
  const folder = mkdtempSync('/var/tmp/nodectl-bench-');
  const own = (command, ...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [nodectl, command, '--json', ...words], {
      env: { ...ENV, CI: 'true' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`nodectl ${command} ${words.join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const up = (name, ...words) => own('up', '--name', name, '--network', 'dev', '--memory', '512M', '--port', 'auto', ...words);
  const mounted = join(folder, 'sized');
  try {
    const { spec } = up(NAMES.plain, '--', ...ROOMY);
    await fillChain(spec.ports.http, CONTRACTS);
    own('stop', NAMES.plain);
    up(NAMES.sized, ...SIZED);
    own('stop', NAMES.sized);
    const image = docker('inspect', '-f', '{{.Image}}', `nodectl-${NAMES.plain}`);
    const plain = docker('volume', 'inspect', '-f', '{{.Mountpoint}}', `nodectl-${NAMES.plain}`);
    const blocks = join(folder, 'blocks');
    mkdirSync(blocks);
    chownSync(blocks, 1000, 1000);
    writeFileSync(join(blocks, 'genesis.json'), exportChain(image, plain, blocks));
    mkdirSync(mounted);
    // As the engine does; it stays where the containers of this run come and go.
    time('mount', ['-o', 'noatime', `/dev/nodectl/nodectl-${NAMES.sized}`, mounted]);
    const mix = (where) => () => time('bash', ['-ec', MIX, 'bash', where]);
    const importing = (where) => () => {
      const fresh = join(where, 'bench');
      rmSync(fresh, { recursive: true, force: true });
      mkdirSync(fresh);
      chownSync(fresh, 1000, 1000);
      const binds = [`${fresh}:/data`, `${blocks}:/blocks:ro`];
      run(image, binds, ...GETH, 'init', '/blocks/genesis.json');
      time('sync', ['-f', where]);
      const begin = process.hrtime.bigint();
      run(image, binds, ...GETH, 'import', '/blocks/blocks');
      time('sync', ['-f', where]);
      return Number(process.hrtime.bigint() - begin) / 1e6;
    };
    return await medians(
      { mixPlain: mix(plain), mixSized: mix(mounted), importPlain: importing(plain), importSized: importing(mounted) },
      rounds,
      1,
    );
  } finally {
    spawnSync('umount', [mounted]);
    for (const name of Object.values(NAMES))
      spawnSync(process.execPath, [nodectl, 'down', name, '--volumes', '--yes'], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  }
}

export function storageRows(ms) {
  return [
    row('dd with fsync, plain volume', ms?.mixPlain, 'ms'),
    row('  the same on a sized volume', ms && ms.mixSized / ms.mixPlain, 'x', 1.05),
    row('geth import, plain volume', ms?.importPlain, 'ms'),
    row('  the same on a sized volume', ms && ms.importSized / ms.importPlain, 'x', 1.05),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const nodectl = fileURLToPath(new URL('../bin/nodectl', import.meta.url));
  process.stdout.write(`${table(storageRows(await writingSized(nodectl, Number(process.argv[2] ?? 5))))}\n`);
}
