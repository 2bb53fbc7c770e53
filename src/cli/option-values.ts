import * as z from 'zod/mini';
import { parseCpus } from '../node/cpus.ts';
import { parseDuration } from '../node/duration.ts';
import { parseGethVersion } from '../node/geth-version.ts';
import { parseNodeName } from '../node/names.ts';
import { parseSize } from '../node/size.ts';

/** Option values that several commands take: from the word typed to the typed value; their errors name the option. */

const word = z.string();

/** Bytes. */
export const sizeOption = (option: string) =>
  z.optional(
    z.pipe(
      word,
      z.transform((text: string) => parseSize(text, option)),
    ),
  );

/** Milliseconds of a duration, with a default. */
export const durationOption = (fallback: string) =>
  z.pipe(
    z._default(word, fallback).check(z.refine((text) => parseDuration(text) !== undefined, 'is not a duration such as 500ms, 2s, 5m')),
    z.transform((text: string) => parseDuration(text) ?? 0),
  );

export const cpusOption = z.optional(z.pipe(word, z.transform(parseCpus)));

export const gethVersionOption = z.optional(z.pipe(word, z.transform(parseGethVersion)));

export const nodeName = z.optional(z.pipe(word, z.transform(parseNodeName)));

/** An option without a value: false when left out. */
export const flag = z._default(z.boolean(), false);

/** An account, lower-cased: 0x and 40 hexadecimal digits. */
export const addressOption = z.optional(
  z.pipe(
    word.check(z.regex(/^0x[0-9a-f]{40}$/i, 'is not an address: 0x and 40 hexadecimal digits')),
    z.transform((text: string) => text.toLowerCase()),
  ),
);
