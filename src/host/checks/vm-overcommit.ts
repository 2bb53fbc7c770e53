import { check } from '../check.ts';
import { calm, harm, seen } from '../judgement.ts';
import { wholeNumber } from '../kernel/whole-number.ts';

const FILE = '/proc/sys/vm/overcommit_memory';

export const vmOvercommit = check({
  id: 'vm.overcommit',
  question: 'does the kernel promise memory before it is used',
  looksAt: 'host',
  probe: ({ files }) => files.read(FILE),
  judge(file) {
    const read = [seen(FILE, file)];
    const mode = 'text' in file ? wholeNumber(file.text) : undefined;
    if (mode === 0 || mode === 1) return calm('ok', 'Memory is promised before it is used, which geth and the engine need.', read);
    if (mode !== 2) return calm('unknown', 'Whether memory is promised before it is used could not be read.', read);
    const meaning =
      'The kernel promises no more memory than it has: geth, which reserves far more than it uses, and even the engine fail to start.';
    return harm('fail', meaning, read, { text: 'Let the kernel decide.', commands: ['sysctl -w vm.overcommit_memory=0'] }, true);
  },
});
