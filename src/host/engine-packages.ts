/** What decides how a Docker engine gets onto a system and is started there. */
export interface SystemFacts {
  /** `ID` and then the words of `ID_LIKE` of os-release. */
  readonly ids: readonly string[];
  readonly supervisor: 'systemd' | 'openrc' | 'none';
  /** The kernel confines programs by AppArmor: without its parser no container would start. */
  readonly appArmor: boolean;
  /** The engine's program is there already and only has to be started. */
  readonly installed: boolean;
}

/** One thing to do: a command that ends, or the engine as a process that stays. */
export interface InstallStep {
  readonly kind: 'run' | 'daemon';
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface PackageRow {
  readonly ids: readonly string[];
  /** None where the distribution has no Docker engine of its own. */
  readonly steps: ((system: SystemFacts) => readonly InstallStep[]) | undefined;
}

const run = (line: string, env?: Readonly<Record<string, string>>): InstallStep => ({
  kind: 'run',
  words: line.split(' '),
  ...(env === undefined ? {} : { env }),
});

const APT_ENV = { DEBIAN_FRONTEND: 'noninteractive' };

/** Distributions by the ids of os-release; one row each. */
const PACKAGES: readonly PackageRow[] = [
  {
    ids: ['debian', 'ubuntu'],
    steps: ({ appArmor }) => [
      run('apt-get -o DPkg::Lock::Timeout=120 update', APT_ENV),
      run(
        `apt-get -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends docker.io iptables ca-certificates${appArmor ? ' apparmor' : ''}`,
        APT_ENV,
      ),
    ],
  },
  { ids: ['rhel', 'centos', 'rocky', 'almalinux', 'ol'], steps: undefined },
  { ids: ['amzn'], steps: () => [run('dnf install --assumeyes docker')] },
  { ids: ['fedora'], steps: () => [run('dnf install --assumeyes moby-engine')] },
  { ids: ['alpine', 'postmarketos'], steps: () => [run('apk add --no-cache docker')] },
  { ids: ['arch', 'archlinux'], steps: () => [run('pacman -Sy --needed --noconfirm docker')] },
  {
    ids: ['opensuse', 'suse', 'opensuse-leap', 'opensuse-tumbleweed', 'sles'],
    steps: () => [run('zypper --non-interactive install docker')],
  },
];

const START: Readonly<Record<SystemFacts['supervisor'], readonly InstallStep[]>> = {
  systemd: [run('systemctl enable --now docker')],
  openrc: [run('rc-update add docker default'), run('rc-service docker start')],
  none: [{ kind: 'daemon', words: ['dockerd'] }],
};

/** The steps that give this system a running engine; undefined for a distribution that has none or is not known. */
export function engineInstallSteps(system: SystemFacts): readonly InstallStep[] | undefined {
  const start = START[system.supervisor];
  if (system.installed) return start;
  const row = system.ids.map((id) => PACKAGES.find((candidate) => candidate.ids.includes(id))).find((found) => found !== undefined);
  const install = row?.steps?.(system);
  return install === undefined ? undefined : [...install, ...start];
}

/** `ID` and the words of `ID_LIKE` from the text of os-release. */
export function osReleaseIds(text: string): readonly string[] {
  const value = (key: string) => new RegExp(`^${key}=["']?([^"'\\n]*)["']?$`, 'm').exec(text)?.[1] ?? '';
  return `${value('ID')} ${value('ID_LIKE')}`.split(/\s+/).filter((id) => id !== '');
}
