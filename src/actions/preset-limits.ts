import { readPreset } from '../node/read-profile.ts';
import { parseSize } from '../node/size.ts';
import type { ProfileFiles } from '../ports.ts';
import type { UpRequest } from './up-request.ts';

/** The limits that are asked for, by themselves or through a preset; an option said by itself wins. Bytes and CPUs. */
export function askedLimits(request: UpRequest, files: ProfileFiles) {
  const preset = request.preset === undefined ? undefined : read(request.preset, files);
  const size = (text: string | undefined, what: string) => (text === undefined ? undefined : parseSize(text, what));
  return {
    memory: request.memory ?? size(preset?.memory, 'memory'),
    swap: request.swap ?? size(preset?.swap, 'swap'),
    cpus: request.cpus ?? preset?.cpus,
    storage: request.storage ?? size(preset?.storage, 'storage'),
  };
}

function read(nameOrPath: string, files: ProfileFiles) {
  const { path, document } = files.read(nameOrPath);
  return readPreset(path, document);
}
