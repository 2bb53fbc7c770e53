import type { Part } from './part.ts';

/** Judges the accounts that a chain begins with, as geth reads them: INVALID_GENESIS for the first that it refuses. */
export function checkAlloc(alloc: Part): void {
  const seen = new Set<string>();
  for (const [address, account] of alloc.entries()) {
    if (!/^(?:0x)?[0-9a-f]{40}$/i.test(address)) throw account.refuse('is not an address of 40 hexadecimal digits, with or without 0x.');
    const plain = address.toLowerCase().slice(-40);
    if (seen.has(plain)) throw account.refuse('the same account is there twice.');
    seen.add(plain);
    account.required('balance', 'a number of wei, "0x0" for none').quantity(256);
    account.field('nonce')?.quantity(64);
    account.field('code')?.bytes();
    checkStorage(account.field('storage'));
  }
}

function checkStorage(storage: Part | undefined): void {
  for (const [slot, word] of storage?.entries() ?? []) {
    if (!isWord(slot)) throw word.refuse('is not a storage slot of at most 64 hexadecimal digits in pairs.');
    if (typeof word.value !== 'string' || !isWord(word.value)) throw word.isNot('at most 64 hexadecimal digits in pairs');
  }
}

function isWord(text: string): boolean {
  return /^(?:0x)?(?:[0-9a-f]{2}){0,32}$/i.test(text);
}
