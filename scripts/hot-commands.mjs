const ENTRY = ['src/main.ts'];
const CLI = [...ENTRY, 'src/adapters/terminal.ts', 'src/adapters/system-clock.ts', 'src/cli/run-cli.ts'];
const ENGINE = [...CLI, 'src/adapters/docker-engine/docker-engine.ts'];
const NODE = [...ENGINE, 'src/adapters/journal-file.ts', 'src/adapters/local-host.ts', 'src/adapters/ethers-rpc.ts'];

/** The commands that must be quick, and what each loads: itself, and the adapters that it opens. */
export const HOT = {
  version: ENTRY,
  help: CLI,
  ls: [...ENGINE, 'src/cli/commands/ls.ts'],
  status: [...NODE, 'src/cli/commands/status.ts'],
  down: [...ENGINE, 'src/adapters/journal-file.ts', 'src/cli/commands/down.ts'],
  up: [...NODE, 'src/adapters/profile-folder.ts', 'src/cli/commands/up.ts'],
};

/** The outputs of a build (esbuild's metafile) that loading these sources brings along, without what only a later import() would. */
export function loadedOutputs(outputs, sources) {
  const seen = new Set();
  const walk = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of outputs[path].imports) if (kind !== 'dynamic-import' && !external) walk(next);
  };
  for (const source of sources) {
    const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
    if (entry === undefined) throw new Error(`${source} is no chunk of its own any more.`);
    walk(entry);
  }
  return seen;
}
