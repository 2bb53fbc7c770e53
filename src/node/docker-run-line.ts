import type { ContainerSpec } from '../ports/containers.ts';

const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The `docker run` command that makes the same container, quoted for a POSIX shell; for reading and for comparing. */
export function dockerRunLine(spec: ContainerSpec, image: string): string {
  const words = [
    ...['docker', 'run', '-d', '--name', spec.name],
    ...['--memory', String(spec.limits.memory), '--memory-swap', String(spec.limits.memorySwap)],
    ...['--cpus', String(spec.limits.nanoCpus / 1e9), '--pids-limit', String(spec.limits.pids)],
    ...(spec.swappiness === undefined ? [] : ['--memory-swappiness', String(spec.swappiness)]),
    ...(spec.nofile === undefined ? [] : ['--ulimit', `nofile=${spec.nofile}`]),
    ...['--user', spec.user, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...(spec.readOnlyRoot ? ['--read-only'] : []),
    ...Object.entries(spec.tmpfs).flatMap(([path, options]) => ['--tmpfs', `${path}:${options}`]),
    ...spec.mounts.flatMap(({ volume, target, readOnly }) => [
      ...['--mount', `type=volume,source=${volume},target=${target}${readOnly ? ',readonly' : ''}`],
    ]),
    ...(spec.network === 'bridge' ? [] : ['--network', spec.network]),
    ...spec.ports.flatMap((port) => ['-p', `${port.hostIp}:${port.hostPort}:${port.containerPort}/${port.protocol}`]),
    ...Object.entries(spec.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(spec.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...(spec.stopSignal === undefined ? [] : ['--stop-signal', spec.stopSignal]),
    ...['--stop-timeout', String(spec.stopTimeoutSeconds), '--restart', spec.restart],
    ...['--log-driver', 'json-file', '--log-opt', `max-size=${spec.log.maxSize}`, '--log-opt', `max-file=${spec.log.maxFiles}`],
    ...entrypointWords(spec.entrypoint),
    image,
    ...(spec.entrypoint ?? []).slice(1),
    ...spec.args,
  ];
  return words.map(quoted).join(' ');
}

/** `docker run` takes one word for an entrypoint; the further ones come before the arguments. */
function entrypointWords(entrypoint: readonly string[] | undefined): readonly string[] {
  const [program] = entrypoint ?? [];
  return program === undefined ? [] : ['--entrypoint', program];
}

function quoted(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
