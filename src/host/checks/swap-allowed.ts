import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { probeSwap, type SwapEvidence, swapTotal } from '../swap-evidence.ts';

export const swapAllowed = check({
  id: 'swap.allowed',
  question: 'may swap be added here',
  looksAt: 'host',
  probe: ({ files }): SwapEvidence => probeSwap(files),
  judge(evidence) {
    const { virtualisation, ownsKernel } = evidence.place;
    const owns = ownsKernel === undefined ? 'not known' : ownsKernel ? 'yes' : 'no';
    const read = [
      { source: 'virtualisation (/run/systemd/container, /proc/vz, osrelease, …)', value: virtualisation },
      { source: 'CAP_SYS_ADMIN in the first user namespace (/proc/self/status, uid_map)', value: owns },
    ];
    if (virtualisation === 'wsl') {
      return calm('info', 'Swap of WSL is set in Windows (%UserProfile%\\.wslconfig, [wsl2] swap=), not in here.', read);
    }
    if (ownsKernel === false) {
      const has = (swapTotal(evidence) ?? 0) > 0;
      if (has) return calm('info', 'Swap cannot be added from in here, but the host around gives some.', read);
      const text =
        'Ask for swap in the provider\'s panel (OpenVZ: VSwap; LXC: the host\'s "swap" setting), or take a machine with a kernel of its own.';
      return harm('fail', 'This is a container: swapon is not permitted, and there is no swap.', read, { text, commands: [] });
    }
    if (ownsKernel === undefined) return calm('unknown', 'Whether swap may be added could not be told.', read);
    if (virtualisation === 'none' || virtualisation === 'machine') return calm('ok', 'Swap may be added here.', read);
    return calm('info', 'Swap may be added, though this looks like a container: it would be the swap of the whole machine.', read);
  },
});
