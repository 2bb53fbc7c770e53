'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** Modules of Node that libraries name at their top and few commands use: 10 ms together. */
const LATE = new Set(['crypto', 'dgram', 'fs/promises', 'https', 'tls', 'zlib']);
exports.LATE = LATE;

/** Stands for a module until something of it is used; `default` is what an ES import of it would call so. */
function late(id) {
  return new Proxy({}, { get: (_, key) => (key === 'default' ? require(id) : require(id)[key]), has: (_, key) => key in require(id) });
}

/**
 * Loads the chunks of one folder, `file` or `file#part` of a file that holds several, with the V8 code cache that lies beside each. Another Node than the one that wrote a
 * cache rejects it and compiles as usual. Chunks are ASCII, which is read without decoding and kept at a byte a letter. A cache is code: it is read from the install folder and from nowhere else.
 */
exports.loadChunks = (folder, { cached } = { cached: true }) => {
  const modules = new Map();
  const scripts = new Map();

  const compiled = (file) => {
    const filename = join(folder, file);
    const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'latin1')}\n})`;
    const script = new Script(source, { filename, cachedData: cached ? readCache(`${filename}.cache`) : undefined });
    scripts.set(file, script);
    return script.runInThisContext();
  };
  const load = (name) => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const [file, part] = name.split('#');
    const run = part === undefined ? compiled(file) : load(file)[part];
    run.call(module.exports, module.exports, requireFrom, module, join(folder, file), folder);
    return module.exports;
  };
  const requireFrom = (id) => {
    if (id.startsWith('./')) return load(id.slice(2));
    return LATE.has(id.replace('node:', '')) ? late(id) : require(id);
  };

  return { load, scripts };
};

function readCache(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
