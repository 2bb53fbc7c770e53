/** The whole number after a key in a file of `key value` lines (vmstat, memory.events, memory.oom_control). */
export function keyedNumber(text: string, key: string): number | undefined {
  for (const line of text.split('\n')) {
    const [name, value = ''] = line.split(' ');
    if (name === key && /^\d{1,15}$/.test(value)) return Number(value);
  }
  return undefined;
}
