import { type Output, output } from './adapters/output.ts';
import type { CliContext } from './cli/run-cli.ts';
import { versionReport, versionText } from './cli/version-report.ts';
import type { World } from './ports.ts';

/**
 * Entry of the program and its composition root; `installFolder` is where bin/, dist/ and profiles/ are. It sets
 * process.exitCode and leaves the ending to Node, so that no output is cut.
 */
export async function main(words: readonly string[], installFolder: string): Promise<void> {
  if (words.length === 1 && ['--version', '-V', 'version'].includes(words[0] as string)) {
    return output(1, () => {}).write(`${versionText(versionReport())}\n`);
  }
  const interruption = new AbortController();
  const stdout = output(1, () => interruption.abort('output closed'));
  const { env } = process;
  const stderr = output(2, () => {});
  const columns = stdout.isTTY || stderr.isTTY ? process.stderr.columns || process.stdout.columns : undefined;
  const world = await composeWorld({ env, installFolder, stdout, stderr, columns, signal: interruption.signal });
  const context: CliContext = { world, stdout, stderr, env, isTTY: { stdout: stdout.isTTY, stderr: stderr.isTTY }, columns };
  const { reportBug, runCli } = await import('./cli/run-cli.ts');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(130);
      interruption.abort(signal);
    });
  }
  process.on('uncaughtException', (error) => process.exit(reportBug(error, words, context)));
  process.exitCode = await runCli(words, context);
}

interface WorldParts {
  readonly env: NodeJS.ProcessEnv;
  readonly installFolder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly columns: number | undefined;
  readonly signal: AbortSignal;
}

/** The real world: each adapter is imported and opened when a command first asks for it. */
async function composeWorld({ env, installFolder, stdout, stderr, columns, signal }: WorldParts): Promise<World> {
  const { terminal } = await import('./adapters/terminal.ts');
  const { systemClock } = await import('./adapters/system-clock.ts');
  const clock = systemClock();
  const unattended = Boolean(env.CI);
  const canAsk = stderr.isTTY && !unattended && process.stdin.isTTY;
  const ask = async (question: string, hidden: boolean) => (await import('./adapters/ask-person.ts')).askPerson(question, hidden, signal);
  return {
    engine: once(async () => (await import('./adapters/docker-engine/docker-engine.ts')).openDockerEngine(env)),
    rpc: once(async () => (await import('./adapters/ethers-rpc.ts')).ethersRpc(env)),
    web: once(async () => (await import('./adapters/http-web.ts')).httpWeb()),
    host: once(async () => (await import('./adapters/local-host.ts')).localHost()),
    builder: once(async () => (await import('./adapters/go-toolchain.ts')).goToolchain(env)),
    packer: once(async () => (await import('./adapters/image-archive.ts')).imageArchive()),
    packages: once(async () => (await import('./adapters/npm-package/package-images.ts')).packageImages(`${installFolder}/images`, env)),
    installer: once(async () => (await import('./adapters/distribution-engine.ts')).distributionEngine()),
    journal: once(async () => (await import('./adapters/journal-file.ts')).journalFiles(env)),
    profiles: once(async () => (await import('./adapters/profile-folder.ts')).profileFolder(`${installFolder}/profiles`)),
    hostFiles: once(async () => (await import('./adapters/host-files.ts')).hostFiles()),
    hostQuestions: once(async () => (await import('./adapters/host-questions.ts')).hostQuestions()),
    hostChanges: once(async () => (await import('./adapters/host-changes.ts')).hostChanges()),
    archives: once(async () => (await import('./adapters/archive/archive-files.ts')).archiveFiles()),
    folderMoves: once(async () => (await import('./adapters/folder-moves/folder-moves.ts')).folderMoves()),
    terminal: once(async () => (await import('./adapters/terminal-device.ts')).terminalDevice(stdout)),
    metricsServer: once(async () => (await import('./adapters/metrics-server.ts')).metricsServer()),
    kernelLog: once(async () => (await import('./adapters/kernel-log.ts')).kernelLog()),
    bundles: once(async () => (await import('./adapters/bundle-file.ts')).bundleFile(stdout)),
    program: [process.execPath, `${installFolder}/bin/nodectl`],
    clock,
    console: terminal({
      write: (text) => stderr.write(text),
      lively: stderr.isTTY && !unattended && env.TERM !== 'dumb',
      columns: columns ?? 80,
      clock,
      ask: canAsk ? ask : undefined,
    }),
    signal,
  };
}

/** The same promise for every caller, made by the first one; a failure is not kept, since its cause can be mended (an engine that gets installed). */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((thrown: unknown) => {
      loading = undefined;
      throw thrown;
    });
    return loading;
  };
}
