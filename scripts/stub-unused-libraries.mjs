import { readFile } from 'node:fs/promises';

/**
 * What dockerode loads for ssh:// endpoints, BuildKit sessions and contexts of `docker build`, docker-modem for its own traces,
 * and ethers for WebSockets: nodectl uses none of it.
 */
const UNUSED = /^(ssh2|cpu-features|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|tar-fs|@balena\/dockerignore|ws)$/;

/** What the providers of ethers load for signing, contracts and names: three quarters of them, of which `send` uses nothing. */
const UNUSED_BY_PROVIDERS = /^\.\.\/(abi|address|contract|crypto|hash|transaction)\/index\.js$/;

/** An esbuild plugin that puts an empty module in the place of each unused library. */
export const stubs = {
  name: 'stub-unused-libraries',
  setup(build) {
    const unused = ({ path }) => ({ path, namespace: 'unused' });
    build.onResolve({ filter: UNUSED }, unused);
    build.onResolve({ filter: UNUSED_BY_PROVIDERS }, (asked) =>
      asked.importer.includes('/ethers/lib.esm/providers/') ? unused(asked) : undefined,
    );
    // commander starts programs only for commands that are files of their own; ours are not, and the module costs 3 ms.
    build.onResolve({ filter: /^node:child_process$/ }, (asked) => (asked.importer.includes('/commander/') ? unused(asked) : undefined));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    // Node's own streams are what readable-stream is a copy of.
    build.onResolve({ filter: /^readable-stream$/ }, (asked) =>
      asked.importer.includes('/docker-modem/') ? { path: 'node:stream', external: true } : undefined,
    );
    build.onResolve({ filter: /^debug$/ }, ({ path }) => ({ path, namespace: 'silent' }));
    build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({ contents: 'module.exports = () => () => {};', loader: 'js' }));
    // Before each request docker-modem prints all its options to the full depth, for a trace that nobody reads: 3 ms at the first.
    build.onLoad({ filter: /docker-modem\/lib\/modem\.js$/ }, async ({ path }) => ({
      contents: without(await readFile(path, 'utf8'), TRACE),
    }));
  },
};

const TRACE = /debug\('Sending: %s', util\.inspect\(options, \{[^}]*\}\)\);/;

function without(source, pattern) {
  if (!pattern.test(source)) throw new Error(`${pattern} is not in docker-modem any more: see what it does now.`);
  return source.replace(pattern, '');
}
