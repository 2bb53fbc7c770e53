import { isForeignNetwork } from '../../src/node/chain-network.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { consensusNames, secretVolume } from '../../src/node/names.ts';
import type { ForeignPart, ObservedVolume } from '../../src/ports/containers.ts';
import type { Engine, EngineInfo } from '../../src/ports/engine.ts';
import { FAKE_INFO } from './fake-facts.ts';
import { FakeStore } from './fake-store.ts';

/** What the fake engine tells of itself, its containers and its volumes, changing nothing. */
export class FakeLook extends FakeStore {
  facts: EngineInfo = FAKE_INFO;

  info = () => this.call('info', () => this.facts);
  list = () => this.call('list', () => this.#labelled());
  inspect = (name: string) => this.call('inspect', () => this.find(name)?.observed);
  image = (ref: string) => this.call('image', () => this.findImage(ref));

  observe: Engine['observe'] = (node) =>
    this.call('observe', () => {
      const beside = consensusNames(node.name).container;
      const seen = this.#seenVolumes();
      return {
        container: this.find(node.container)?.observed,
        consensus: this.find(beside)?.observed,
        volume: seen.find(({ name }) => name === node.volume),
        volumes: seen.filter(({ labels }) => labels[LABEL_NODE] === node.name),
        foreign: this.#foreign(node.name, [node.volume, consensusNames(node.name).volume, secretVolume(node.name)]),
        leftovers: this.#labelled().filter(
          ({ labels, name }) => labels[LABEL_NODE] === node.name && name !== node.container && name !== beside,
        ),
      };
    });

  listVolumes = () => this.call('listVolumes', () => this.#seenVolumes().filter(({ labels }) => LABEL_NODE in labels));

  volumeUsers: Engine['volumeUsers'] = (name) =>
    this.call('volumeUsers', () => {
      const users = [...this.containers.values()].filter(
        ({ running, spec }) => running && spec.mounts.some(({ volume }) => volume === name),
      );
      return users.map(({ observed }) => observed.name);
    });

  publishedPorts: Engine['publishedPorts'] = () =>
    this.call('publishedPorts', () => {
      const summaries = [...this.containers.values()].map((container) => container.summary());
      return summaries.flatMap(({ name, ports }) => ports.map((port) => ({ ...port, container: name })));
    });

  usage: Engine['usage'] = (name) =>
    this.call('usage', () => (this.find(name)?.running ? { memory: 2 ** 20, swap: 0, cpuNanoseconds: 1e6 } : undefined));

  volumeSize: Engine['volumeSize'] = (name) => this.call('volumeSize', () => (this.volumes.has(name) ? 0 : undefined));

  layerSize: Engine['layerSize'] = (name) =>
    this.call('layerSize', () => {
      const files = this.find(name)?.files;
      return files && [...files.values()].reduce((sum, { content }) => sum + content.length, 0);
    });

  #seenVolumes(): readonly ObservedVolume[] {
    return [...this.volumes.values()].map((volume) => ({
      name: volume.name,
      labels: volume.labels,
      mountpoint: `/fake/volumes/${volume.name}/_data`,
      ...{ driver: 'local', options: volume.options ?? {} },
      createdAt: volume.createdAt,
    }));
  }

  #foreign(node: string, volumes: readonly string[]): ForeignPart[] {
    const theirs = volumes.filter((name) => this.volumes.has(name) && this.volumes.get(name)?.labels[LABEL_NODE] !== node);
    const networks = [...this.networks.values()].filter((network) => isForeignNetwork(node, network));
    return [
      ...theirs.map((name) => ({ kind: 'volume' as const, name })),
      ...networks.map(({ name }) => ({ kind: 'network' as const, name })),
    ];
  }

  #labelled() {
    return [...this.containers.values()].map((container) => container.summary()).filter((found) => LABEL_NODE in found.labels);
  }
}
