import type { Eyes } from '../check.ts';

export type Firewall = 'ufw' | 'firewalld' | 'none';

/** The firewall that a person believes to be in charge here: Docker's published ports go past both. */
export async function firewallOf({ files, ask }: Pick<Eyes, 'files' | 'ask'>): Promise<Firewall> {
  const ufw = files.read('/etc/ufw/ufw.conf');
  if ('text' in ufw && /^\s*ENABLED=["']?yes/im.test(ufw.text)) return 'ufw';
  const firewalld = ['/usr/bin/firewall-cmd', '/bin/firewall-cmd'].some((path) => files.status(path) !== undefined);
  return firewalld && (await ask(['firewall-cmd', '--state']))?.trim() === 'running' ? 'firewalld' : 'none';
}
