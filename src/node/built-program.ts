import type { ProgramName } from '../ports/images.ts';

/** A program that is built from its public Go module, as the image of it and messages need it. */
export interface BuiltProgram {
  readonly title: string;
  /** What its image starts. */
  readonly command: string;
  /** The name of the images that are built here. */
  readonly repository: string;
  /** Where a person finds the source. */
  readonly source: string;
  /** What it listens on by default. */
  readonly ports: readonly string[];
  /** The option that names its version. */
  readonly versionOption: string;
  /** A first build, on two cores. */
  readonly duration: string;
}

export const BUILT_PROGRAMS: Readonly<Record<ProgramName, BuiltProgram>> = {
  geth: {
    title: 'geth',
    command: 'geth',
    repository: 'nodectl/geth',
    source: 'https://github.com/ethereum/go-ethereum',
    ports: ['8545/tcp', '8546/tcp', '30303/tcp', '30303/udp'],
    versionOption: '--geth-version',
    duration: 'about two minutes',
  },
  prysm: {
    title: 'Prysm',
    command: 'beacon-chain',
    repository: 'nodectl/prysm',
    source: 'https://github.com/OffchainLabs/prysm',
    ports: ['3500/tcp', '13000/tcp', '12000/udp', '13000/udp'],
    versionOption: '--consensus-version',
    duration: 'about five minutes',
  },
};

/** The image that nodectl builds of a version. */
export function programReference(program: ProgramName, version: string): string {
  return `${BUILT_PROGRAMS[program].repository}:v${version}`;
}
