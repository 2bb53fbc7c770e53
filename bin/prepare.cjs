'use strict';
const { spawn } = require('node:child_process');
const { existsSync, mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { withLock } = require('./lock.cjs');

/**
 * Installs the libraries and builds dist/ in a checkout; true when dist/ can be run afterwards. One process works, others
 * wait for it. Killed in the middle it leaves nothing that the next start would take for complete.
 */
exports.prepare = async (root, isOutdated) => {
  const start = join(root, 'dist', 'start.cjs');
  if (!existsSync(join(root, 'src'))) return fail('this installation of nodectl has no dist/ folder.', 'Install nodectl again.');
  try {
    mkdirSync(join(root, 'dist'), { recursive: true });
    return await withLock(join(root, 'dist', '.lock'), say, async () => {
      if (existsSync(start) && !isOutdated()) return true;
      return (await installLibraries(root)) && (await buildDist(root));
    });
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
    if (!existsSync(start))
      return fail(`nodectl is not built yet and ${root} cannot be written.`, 'Run it once as the owner of that folder.');
    say(`${root} cannot be written: running the older build that is there.`);
    return true;
  }
};

async function installLibraries(root) {
  if (librariesAreCurrent(root)) return true;
  say('installing libraries (npm ci), once …');
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], root);
  if (code === 'ENOENT')
    return fail('npm is not installed, and nodectl needs it once to build itself.', 'Install npm (Debian: apt-get install npm).');
  return code === 0 || fail(`npm ci ended with ${code}.`, 'See its output above; then run the same command again.');
}

/** True when node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function librariesAreCurrent(root) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

async function buildDist(root) {
  say('building …');
  const code = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], root);
  return code === 0 || fail(`the build ended with ${code}.`, 'See its output above.');
}

/** Runs a command with all its output on standard error; its exit code, signal, or ENOENT when there is no such command. */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 2, 2] });
    child.on('error', (error) => resolve(error.code));
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
}

function say(text) {
  process.stderr.write(`nodectl: ${text}\n`);
}

function fail(what, hint) {
  process.stderr.write(`error: ${what}\nhint: ${hint}\n`);
  return false;
}
