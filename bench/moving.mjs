// node bench/moving.mjs [MIB]: `storage migrate` beside `cp -a`, and `export` and `import` beside tar and zstd, over the same chain. Needs root.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docker } from './docker.mjs';
import { ENV, medians, time } from './rounds.mjs';
import { row, table } from './table.mjs';

const NAME = `bench-moving-${process.pid}`;

/**
 * What one side wrote and removed is not to burden the other, nor is the memory that a virtual machine's host gives only when it is first
 * touched (measured: seconds for a GiB, and taken back when it is free for some seconds). Each side ends when its bytes are on the disk.
 */
function settle() {
  spawnSync('sync');
  spawnSync(process.execPath, ['-e', 'for (let i = 0; i < 3; i++) globalThis[i] = Buffer.alloc(2 ** 30, 1)']);
}

const shell = (script, ...words) => time('bash', ['-o', 'pipefail', '-ec', script, 'bash', ...words]);

/** Why it cannot be measured here; undefined when it can. */
export function noMoving() {
  if (process.getuid?.() !== 0) return 'not root';
  return spawnSync('zstd', ['--version'], { stdio: 'ignore' }).status === 0 ? undefined : 'no zstd';
}

/** Medians in ms of moving a chain of so many MiB with nodectl and by hand, and the least that a comparison took. */
export async function moving(nodectl, mebibytes, rounds) {
  const folder = mkdtempSync('/var/tmp/nodectl-bench-');
  /** Its report. */
  const own = (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [nodectl, ...words, '--json'], {
      env: { ...ENV, CI: 'true' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`nodectl ${words.join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  };
  try {
    own('up', '--name', NAME, '--network', 'dev', '--memory', '512M', '--port', 'auto');
    own('stop', NAME);
    const chain = docker('volume', 'inspect', '-f', '{{.Mountpoint}}', `nodectl-${NAME}`);
    // Half of it compresses, as a chain does; in files of the size that pebble writes.
    mkdirSync(join(chain, 'filler'));
    const half = 'for i in $(seq 1 "$2"); do head -c 1M /dev/urandom; head -c 1M /dev/zero; done | split -b 16M - "$1/filler/x"';
    shell(`${half}; chown -R 1000:1000 "$1/filler"`, chain, String(mebibytes / 2));
    const [to, archive, unpacked] = ['to', 'archive', 'unpacked'].map((name) => join(folder, name));
    mkdirSync(to);
    const comparisons = [];
    const ms = await medians(
      {
        cp: () => {
          rmSync(join(folder, 'cp'), { recursive: true, force: true });
          settle();
          return shell('cp -a "$1/." "$2" && sync -f "$2"', chain, join(folder, 'cp'));
        },
        migrate: () => {
          settle();
          const { copy } = own('storage', 'migrate', NAME, '--to', 'path', '--path', to);
          own('storage', 'migrate', NAME, '--drop-old', '--yes');
          own('storage', 'migrate', NAME, '--to', 'volume');
          own('storage', 'migrate', NAME, '--drop-old', '--yes');
          comparisons.push(copy.compareMs);
          return copy.copyMs;
        },
        zstd: () => {
          rmSync(`${archive}.hand`, { force: true });
          settle();
          return shell('tar -C "$1" -c . | zstd -T0 -q -o "$2" && sync "$2"', chain, `${archive}.hand`);
        },
        export: () => {
          rmSync(archive, { force: true });
          settle();
          return time(process.execPath, [nodectl, 'export', archive, NAME]);
        },
        untar: () => {
          rmSync(unpacked, { recursive: true, force: true });
          settle();
          return shell('mkdir "$2"; zstd -dcq "$1" | tar -C "$2" -x && sync -f "$2"', `${archive}.hand`, unpacked);
        },
        import: () => {
          settle();
          const took = time(process.execPath, [nodectl, 'import', archive, '--name', `${NAME}-2`]);
          own('down', `${NAME}-2`, '--volumes', '--yes');
          return took;
        },
      },
      rounds,
      1,
    );
    return { ...ms, comparison: Math.min(...comparisons) };
  } finally {
    for (const name of [NAME, `${NAME}-2`]) spawnSync(process.execPath, [nodectl, 'down', name, '--volumes', '--yes'], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  }
}

export function movingRows(ms) {
  return [
    row('cp -a', ms?.cp, 'ms'),
    row('storage migrate, its copy / cp -a', ms && ms.migrate / ms.cp, 'x', 1.25),
    row('storage migrate, its comparison', ms?.comparison, 'ms'),
    row('tar | zstd -T0', ms?.zstd, 'ms'),
    row('export / (tar | zstd -T0)', ms && ms.export / ms.zstd, 'x', 1.25),
    row('import / (zstd -d | tar -x)', ms && ms.import / ms.untar, 'x', 1.25),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const nodectl = fileURLToPath(new URL('../bin/nodectl', import.meta.url));
  process.stdout.write(`${table(movingRows(await moving(nodectl, Number(process.argv[2] ?? 1024), 3)))}\n`);
}
