/** What `timedatectl show` tells of the clock; undefined for what it does not. */
export function timedateFacts(text: string): { readonly ntp: boolean | undefined; readonly synced: boolean | undefined } {
  const word = (name: string) => {
    const value = new RegExp(`^${name}=(yes|no)$`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : value === 'yes';
  };
  return { ntp: word('NTP'), synced: word('NTPSynchronized') };
}

/** `chronyc -c tracking`: comma separated, the clock's offset in seconds fifth, the leap status last. */
export function chronyTracking(text: string): { readonly offset: number; readonly synced: boolean } | undefined {
  const words = text.trim().split(',');
  const offset = Number(words[4]);
  const leap = words[13];
  if (words.length !== 14 || !Number.isFinite(offset) || leap === undefined) return undefined;
  return { offset, synced: leap.trim() !== 'Not synchronised' };
}
