import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import type { Virtualisation } from '../kernel/virtualisation.ts';
import { type Place, probePlace } from '../place.ts';

const SHARED: ReadonlySet<Virtualisation> = new Set(['docker', 'podman', 'lxc', 'nspawn', 'container']);

export const virtType = check({
  id: 'virt.type',
  question: 'does this machine have a kernel of its own',
  looksAt: 'host',
  probe: ({ files }): Place => probePlace(files),
  judge({ virtualisation, ownsKernel }) {
    const read = [
      { source: 'virtualisation (/run/systemd/container, /proc/vz, osrelease, …)', value: virtualisation },
      {
        source: 'CAP_SYS_ADMIN in the first user namespace (/proc/self/status, uid_map)',
        value: ownsKernel === undefined ? 'not known' : String(ownsKernel),
      },
    ];
    const elsewhere = { text: 'Take a machine with a kernel of its own (KVM, Xen, Hyper-V or bare metal).', commands: [] };
    if (virtualisation === 'openvz') {
      return harm(
        'fail',
        'This is an OpenVZ container: no swap, no kernel settings, and an engine that can hold no limits.',
        read,
        elsewhere,
      );
    }
    if (SHARED.has(virtualisation)) {
      if (ownsKernel === true)
        return calm('info', `This looks like a ${virtualisation} container, but one with full rights over its kernel.`, read);
      const meaning = `This is a ${virtualisation} container: swap and kernel settings are the host's, and its limits hold beside a node's own.`;
      return harm('warn', meaning, read, elsewhere);
    }
    if (virtualisation === 'wsl') return calm('info', 'This is WSL 2: memory, swap and the kernel are set in Windows (.wslconfig).', read);
    if (virtualisation === 'machine') return calm('ok', 'This is a virtual machine with a kernel of its own.', read);
    return calm('ok', 'This machine has a kernel of its own.', read);
  },
});
