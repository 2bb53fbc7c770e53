import type { TerminalDevice } from '../ports/terminal-device.ts';
import type { Output } from './output.ts';
import { standardInput } from './standard-input.ts';

const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l';
const LEAVE_SCREEN = '\u001b[?25h\u001b[?1049l';

/** The terminal of this process's standard streams. A hang-up while it is changed ends this process as SIGTERM does. */
export function terminalDevice(stdout: Output): TerminalDevice {
  const { stdin } = process;
  const hasKeys = stdin.isTTY === true;
  let raw = false;
  let full = false;

  const restore = () => {
    if (full) stdout.write(LEAVE_SCREEN);
    if (raw) stdin.setRawMode(false);
    full = false;
    raw = false;
  };
  const hangUp = () => {
    restore();
    process.kill(process.pid, 'SIGTERM');
  };
  const goOn = () => {
    // The shell gave the terminal its own modes meanwhile, and libuv believes the last that it set.
    if (raw) stdin.setRawMode(false).setRawMode(true);
    if (!full) return;
    stdout.write(ENTER_SCREEN);
    // The screen is empty now: who draws on a change of size draws all of it.
    screen(stdout)?.emit('resize');
  };
  const guard = () => {
    // The monitor comes before whoever prints the exception, which would be lost on the second screen.
    process.off('exit', restore).off('uncaughtExceptionMonitor', restore).off('SIGHUP', hangUp).off('SIGCONT', goOn);
    if (raw || full) process.on('exit', restore).on('uncaughtExceptionMonitor', restore).on('SIGHUP', hangUp).on('SIGCONT', goOn);
  };

  return {
    isTTY: stdout.isTTY,
    hasKeys,
    size() {
      const shown = screen(stdout);
      return { columns: shown?.columns || 80, rows: shown?.rows || 24 };
    },
    onResize(listener) {
      const shown = screen(stdout);
      shown?.on('resize', listener);
      return () => void shown?.off('resize', listener);
    },
    input: () => standardInput(stdin),
    raw(on) {
      if (!hasKeys || raw === on) return;
      stdin.setRawMode(on);
      raw = on;
      guard();
    },
    fullScreen(on) {
      if (!stdout.isTTY || full === on) return;
      stdout.write(on ? ENTER_SCREEN : LEAVE_SCREEN);
      full = on;
      guard();
    },
    write: (text) => stdout.write(text),
  };
}

/** The stream that knows the size; opened only when it is asked for. */
function screen(stdout: Output): NodeJS.WriteStream | undefined {
  if (stdout.isTTY) return process.stdout;
  return process.stderr.isTTY ? process.stderr : undefined;
}
