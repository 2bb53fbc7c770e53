import { check } from '../check.ts';
import { calm, harm, seen } from '../judgement.ts';
import { parsePressure } from '../kernel/pressure.ts';

const FILE = '/proc/pressure/memory';
const TIGHT = 10;
const STALLED = 40;

export const memPsi = check({
  id: 'mem.psi',
  question: 'did programs have to wait for memory in the last minute',
  looksAt: 'host',
  probe: ({ files }) => files.read(FILE),
  judge(file) {
    const read = [seen(FILE, file)];
    if ('failure' in file && file.failure === 'denied') return calm('unknown', 'Pressure on memory could not be read.', read);
    // A kernel that was booted without it has the file and refuses to read it.
    if ('failure' in file) return calm('info', 'This kernel does not count pressure on memory; psi=1 on its command line makes it.', read);
    const pressure = parsePressure(file.text);
    if (pressure === undefined) return calm('unknown', 'Pressure on memory could not be understood.', read);
    const { some, full } = pressure;
    const meaning = `In the last minute some program waited for memory ${some} % of the time, all of them ${full} %.`;
    const remedy = {
      text: 'Give the host more memory, or the nodes less: see mem.free and swap.size.',
      commands: ['nodectl doctor mem.free swap.size'],
    };
    if (full > TIGHT || some > STALLED) return harm('fail', meaning, read, remedy);
    if (some >= TIGHT) return harm('warn', meaning, read, remedy);
    return calm('ok', meaning, read);
  },
});
