'use strict';
const { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');

const POLL_MS = 200;
/** No install and build takes that long: an older lock was left by another machine or before a restart. */
const STALE_MS = 15 * 60_000;

/** Runs `work` while this process holds the lock file; waits for another holder, and takes over from a dead one. */
exports.withLock = async (path, say, work) => {
  for (let waits = 0; !take(path); waits++) {
    if (waits === 0) say('another nodectl is preparing this checkout, waiting …');
    if (isAbandoned(path)) removeAbandoned(path);
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
};

/** Links a file that holds our pid already, so that nobody ever sees an empty lock. */
function take(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAbandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Moves the lock away first: of several that found it abandoned, one moves it, and a live lock moved by mistake is put back. */
function removeAbandoned(path) {
  const moved = `${path}.abandoned.${process.pid}`;
  try {
    renameSync(path, moved);
    if (!isAbandoned(moved)) linkSync(moved, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(moved, { force: true });
}
