/** What dockerode loads for ssh:// endpoints and BuildKit sessions, and ethers for WebSockets: nodectl uses none of it. */
const UNUSED = /^(ssh2|cpu-features|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|ws)$/;

/** An esbuild plugin that puts an empty module in the place of each unused library. */
export const stubs = {
  name: 'stub-unused-libraries',
  setup(build) {
    build.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    // Asks Node's crypto for its randomness when first used, not at start: 5 ms.
    build.onLoad({ filter: /@noble\/hashes\/esm\/cryptoNode\.js$/ }, () => ({
      contents: 'export const crypto = { getRandomValues: (array) => globalThis.crypto.getRandomValues(array) };',
    }));
    // commander starts programs only for commands that are files of their own; ours are not, and the module costs 3 ms.
    build.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/commander/') ? { path, namespace: 'unused' } : undefined,
    );
  },
};
