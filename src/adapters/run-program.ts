import { execa } from 'execa';
import { NodectlError } from '../errors.ts';
import type { HostChanges } from '../ports/host-changes.ts';

/** See the port. The folders of root's programs are searched too: a user's own PATH often lacks them. */
export const runProgram: HostChanges['run'] = async ([program = '', ...args], options = {}) => {
  const result = await execa(program, args, {
    reject: false,
    stdin: 'ignore',
    env: { LC_ALL: 'C', PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` },
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (result.isCanceled) throw new NodectlError('INTERRUPTED', `Interrupted in \`${program}\`.`);
  if (result.timedOut) throw new NodectlError('HOST_REFUSED', `\`${program}\` did not end within ${(options.timeoutMs ?? 0) / 1000} s.`);
  if (result.code === 'ENOENT')
    throw new NodectlError('HOST_REFUSED', `There is no program ${program} on this machine.`, {
      hint: `Install ${program} from your distribution.`,
    });
  return {
    exitCode: result.exitCode ?? 1,
    stdout: result.stdout,
    stderr: result.stderr || (result.exitCode === 0 ? '' : (result.shortMessage ?? '')),
  };
};
