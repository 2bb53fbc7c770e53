/** A fork as a genesis schedules it. */
export interface Fork {
  readonly key: string;
  /** Scheduled by block, up to the Merge, or by time. */
  readonly by: 'block' | 'time';
  /** May be left out though a later one is there. */
  readonly optional: boolean;
  /** The first geth version that has the fork's final rules; an older one ignores the key and goes another way. */
  readonly since: string;
  /** Its entry in `blobSchedule`, from geth 1.15 on. */
  readonly blobs?: string;
}

const block = (key: string, since: string, optional = false): Fork => ({ key, by: 'block', optional, since });
const time = (key: string, since: string, blobs?: string): Fork => ({
  key,
  by: 'time',
  optional: key !== 'shanghaiTime',
  since,
  ...(blobs === undefined ? {} : { blobs }),
});

/** Every fork in the order that geth demands: CheckConfigForkOrder of params/config.go, the same in 1.9.25 to 1.17.8 as far as each knows them. */
export const FORKS: readonly Fork[] = [
  block('homesteadBlock', '1.9.25'),
  block('daoForkBlock', '1.9.25', true),
  block('eip150Block', '1.9.25'),
  block('eip155Block', '1.9.25'),
  block('eip158Block', '1.9.25'),
  block('byzantiumBlock', '1.9.25'),
  block('constantinopleBlock', '1.9.25'),
  block('petersburgBlock', '1.9.25'),
  block('istanbulBlock', '1.9.25'),
  block('muirGlacierBlock', '1.9.25', true),
  block('berlinBlock', '1.10.1'),
  block('londonBlock', '1.10.6'),
  block('arrowGlacierBlock', '1.10.12', true),
  block('grayGlacierBlock', '1.10.18', true),
  block('mergeNetsplitBlock', '1.10.21', true),
  time('shanghaiTime', '1.11.5'),
  time('cancunTime', '1.13.12', 'cancun'),
  time('pragueTime', '1.15.6', 'prague'),
  time('osakaTime', '1.16.4'),
  time('bpo1Time', '1.16.4', 'bpo1'),
  time('bpo2Time', '1.16.4', 'bpo2'),
  time('bpo3Time', '1.16.4', 'bpo3'),
  time('bpo4Time', '1.16.4', 'bpo4'),
  time('bpo5Time', '1.16.4', 'bpo5'),
  time('amsterdamTime', '1.17.7'),
  time('bogotaTime', '1.17.7'),
];
