import type { Eyes } from '../check.ts';

/** How long what supervises the engine waits for its end before it kills it. */
export interface ServicePatience {
  readonly supervisor: 'systemd' | 'script' | 'none';
  readonly source: string;
  /** Seconds; Infinity without end, undefined when it could not be understood. */
  readonly seconds: number | undefined;
}

const SCRIPT = '/etc/init.d/docker';
/** An end of the engine that nobody hurries. */
const NOBODY: ServicePatience = { supervisor: 'none', source: SCRIPT, seconds: undefined };

/** By the unit where systemd runs, else by the init script where there is one. */
export async function servicePatience(eyes: Eyes): Promise<ServicePatience> {
  if (eyes.files.list('/run/systemd/system') !== undefined) {
    const source = 'systemctl show docker.service TimeoutStopUSec';
    const answer = await eyes.ask(['systemctl', 'show', 'docker.service', '--property=LoadState,TimeoutStopUSec']);
    if (answer === undefined || !/^LoadState=loaded$/m.test(answer)) return { ...NOBODY, source };
    const span = /^TimeoutStopUSec=(.+)$/m.exec(answer)?.[1];
    return { supervisor: 'systemd', source, seconds: span === undefined ? undefined : systemdSpan(span) };
  }
  const script = eyes.files.read(SCRIPT);
  return 'text' in script ? { supervisor: 'script', source: SCRIPT, seconds: scriptRetry(script.text) } : NOBODY;
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of a span as systemd prints it: `1min 30s`, `infinity`; undefined for anything else. */
export function systemdSpan(text: string): number | undefined {
  if (text.trim() === 'infinity') return Number.POSITIVE_INFINITY;
  let seconds = 0;
  for (const word of text.trim().split(/\s+/)) {
    const [, amount, unit = ''] = /^(\d{1,12})(us|ms|s|min|h|d|w)$/.exec(word) ?? [];
    if (amount === undefined) return undefined;
    seconds += Number(amount) * (UNITS[unit] ?? 0);
  }
  return seconds;
}

/** Seconds before SIGKILL by start-stop-daemon's schedule: `--retry 10`, `TERM/60/KILL/10`; undefined where it has none. */
export function scriptRetry(text: string): number | undefined {
  const schedule = /TERM\/(\d{1,6})\/KILL/.exec(text)?.[1] ?? /--stop\b.*--retry[ =](\d{1,6})\b/.exec(text)?.[1];
  return schedule === undefined ? undefined : Number(schedule);
}
