import { check } from '../check.ts';
import { calm, harm, seen } from '../judgement.ts';
import { chosenWord } from '../kernel/chosen-word.ts';

const FILE = '/sys/kernel/mm/transparent_hugepage/enabled';

export const thp = check({
  id: 'thp',
  question: 'does the kernel give a node huge pages it did not ask for',
  looksAt: 'host',
  probe: ({ files }) => files.read(FILE),
  judge(file) {
    const read = [seen(FILE, file)];
    if ('failure' in file) {
      if (file.failure === 'missing') return calm('ok', 'This kernel has no transparent huge pages.', read);
      return calm('unknown', 'Whether the kernel gives huge pages could not be read.', read);
    }
    const mode = chosenWord(file.text);
    if (mode === 'never') return calm('ok', 'The kernel gives no huge pages.', read);
    if (mode === 'madvise') return calm('ok', 'The kernel gives huge pages to programs that ask for them.', read);
    if (mode !== 'always') return calm('unknown', 'Whether the kernel gives huge pages could not be understood.', read);
    const meaning = 'The kernel gives huge pages to every program: geth may hold more memory than it uses and reach its limit earlier.';
    return harm('warn', meaning, read, { text: 'Give them to programs that ask.', commands: [`echo madvise > ${FILE}`] }, true);
  },
});
