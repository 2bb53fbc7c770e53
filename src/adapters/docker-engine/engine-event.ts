import type { EngineEvent } from '../../ports/engine-events.ts';

const OWN_LABEL = 'nodectl.';
/** A whole number as the engine writes one in an attribute. */
const NUMBER = /^-?\d{1,10}$/;

/** A row of `GET /events` as an event of a container; undefined for one of another kind, or without the words that make one. */
export function engineEvent(row: unknown): EngineEvent | undefined {
  if (!isRecord(row) || row.Type !== 'container' || !isRecord(row.Actor)) return undefined;
  const { Action: action, Actor: actor } = row;
  const time = instant(row);
  if (typeof action !== 'string' || typeof actor.ID !== 'string' || time === undefined) return undefined;
  const { name = '', ...told } = texts(actor.Attributes);
  const { exitCode, signal, ...others } = told;
  const isOwn = ([key]: readonly [string, string]) => key.startsWith(OWN_LABEL);
  return {
    time,
    // `exec_start: sh -c …` repeats a program's arguments, which are nobody's business.
    action: action.split(':', 1)[0] ?? action,
    containerId: actor.ID,
    containerName: name,
    labels: Object.fromEntries(Object.entries(others).filter(isOwn)),
    exitCode: number(exitCode),
    signal: number(signal),
    attributes: Object.fromEntries(Object.entries(others).filter((entry) => !isOwn(entry))),
  };
}

/** Milliseconds; the nanoseconds are beyond a double's whole numbers, which costs less than a microsecond. */
function instant({ timeNano, time }: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof timeNano === 'number' && timeNano > 0) return Math.round(timeNano / 1e6);
  return typeof time === 'number' && time > 0 ? time * 1000 : undefined;
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && NUMBER.test(text) ? Number(text) : undefined;
}

function texts(attributes: unknown): Readonly<Record<string, string>> {
  if (!isRecord(attributes)) return {};
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
