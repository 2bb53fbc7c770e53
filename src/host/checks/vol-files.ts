import { formatSize } from '../../node/size.ts';
import { imageFolder, sizedPlaceOf } from '../../node/storage/sized-place.ts';
import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { shellLine } from '../shell-word.ts';
import { judgeSized, type SizedJudgement } from '../storage/judge-sized.ts';
import { probeSized } from '../storage/probe-sized.ts';

/** The files that volumes of their own size lie in. */
export interface SizedFiles {
  readonly nodes: readonly { readonly node: string; readonly image: string; readonly judged: SizedJudgement }[];
  /** Files that no volume of the engine names; undefined where only root can see them. */
  readonly left: readonly { readonly image: string; readonly bytes: number }[] | undefined;
}

export const volFiles = check({
  id: 'vol.files',
  question: 'are the files whole that volumes of their own size lie in, and is none left over',
  looksAt: 'host',
  probe({ engine, files }, { tenants }): SizedFiles | undefined {
    const info = engineFacts(engine);
    if (info === undefined) return undefined;
    const nodes = tenants.flatMap(({ name, spec, volume }) => {
      const place = volume && sizedPlaceOf(volume);
      return place === undefined ? [] : [{ node: name, image: place.image, judged: judgeSized(probeSized(place, files), spec.storage) }];
    });
    const volumes = files.list(`${info.rootDir}/volumes`);
    const folder = imageFolder(info.rootDir);
    const left = (files.list(folder) ?? []).flatMap((file) => {
      const volume = /^(.+)\.img(?:\.new)?$/.exec(file)?.[1];
      if (volume === undefined || volumes?.includes(volume)) return [];
      const image = `${folder}/${file}`;
      return [{ image, bytes: files.status(image)?.allocated ?? 0 }];
    });
    return { nodes, left: files.uid === 0 && volumes !== undefined ? left : undefined };
  },
  judge(found) {
    if (found === undefined) return ENGINE_UNSEEN;
    const { nodes, left } = found;
    const read = [
      ...nodes.map(({ image, judged }) => ({ source: image, value: judged.state })),
      ...(left ?? []).map(({ image, bytes }) => ({ source: image, value: `${formatSize(bytes)}, of no volume` })),
    ];
    const harmed = nodes.flatMap(({ node, judged }) => ('message' in judged ? [{ node, ...judged }] : []));
    const [first] = harmed;
    if (first !== undefined) {
      return harm('fail', harmed.map(({ node, message }) => `${node}: ${message}`).join(' '), read, { text: first.hint, commands: [] });
    }
    const unready = nodes.filter(({ judged }) => judged.state !== 'ready');
    if (unready.length > 0) {
      const names = unready.map(({ node, judged }) => `${node} (${judged.state})`).join(', ');
      return harm('warn', `The engine cannot use these as they shall be: ${names}.`, read, {
        text: 'Let nodectl put them right.',
        commands: unready.map(({ node }) => shellLine(['nodectl', 'up', '--name', node])),
      });
    }
    if (left !== undefined && left.length > 0) {
      const sum = formatSize(left.reduce((bytes, file) => bytes + file.bytes, 0));
      return harm(
        'warn',
        `${sum} lie in files that no volume names: a run was cut off or is at work, or somebody removed the volume.`,
        read,
        {
          text: 'Run the command that was cut off again, or remove them when nobody needs what is in them.',
          commands: left.flatMap(({ image }) => [shellLine(['losetup', '-j', image]), shellLine(['rm', image])]),
        },
      );
    }
    return calm(
      'ok',
      nodes.length === 0 ? 'No volume lies in a file of its own.' : 'The files of all volumes are whole and attached.',
      read,
    );
  },
});
