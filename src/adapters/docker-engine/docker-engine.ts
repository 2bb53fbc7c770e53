import { LABEL_NODE } from '../../node/labels.ts';
import type { Engine } from '../../ports/engine.ts';
import { connectTo } from './connection.ts';
import { containerLogs } from './container-logs.ts';
import { containersWithLabel, publishedPorts, volumeUsers } from './container-summary.ts';
import { containerUsage } from './container-usage.ts';
import {
  createContainer,
  inspectContainer,
  layerSize,
  removeContainer,
  renameContainer,
  startContainer,
  stopContainer,
  updateLimits,
  waitForExit,
} from './containers.ts';
import { engineEvents } from './engine-events.ts';
import { engineInfo } from './engine-info.ts';
import { imageFacts } from './image-facts.ts';
import { negotiateVersion } from './negotiate-version.ts';
import { observeNode } from './observe-node.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';
import { createVolume, removeVolume, volumeSize, volumesWithLabel } from './volumes.ts';

/**
 * The Docker engine that docker's own command line would use, after one round trip that proves it is there. ENGINE_NOT_INSTALLED,
 * ENGINE_NOT_RUNNING, ENGINE_NO_PERMISSION, ENGINE_UNREACHABLE or ENGINE_TOO_OLD says why there is none.
 * Code that only some commands use is loaded when they do.
 */
export async function openDockerEngine(env: NodeJS.ProcessEnv): Promise<Engine> {
  const line = await connectTo(resolveEndpoint(env), env);
  const apiVersion = await negotiateVersion(line);
  return {
    info: () => engineInfo(line, apiVersion),
    observe: (node) => observeNode(line, node),
    list: () => containersWithLabel(line, LABEL_NODE),
    listVolumes: () => volumesWithLabel(line, LABEL_NODE),
    inspect: (container) => inspectContainer(line, container),
    volumeUsers: (volume) => volumeUsers(line, volume),
    publishedPorts: () => publishedPorts(line),
    image: (ref) => imageFacts(line, ref),
    pullImage: async (ref, options) => (await import('./pull-image.ts')).pullImage(line.docker, ref, options),
    loadImage: async (archive, onProgress) => (await import('./load-image.ts')).loadImage(line.docker, archive, onProgress),
    runOnce: async (image, args, labels) => (await import('./run-once.ts')).runOnce(line, image, args, labels),
    createVolume: (spec) => createVolume(line, spec),
    prepareVolume: async (request) => (await import('./prepare-volume.ts')).prepareVolume(line, request),
    runOnVolume: async (request) => (await import('./run-on-volume.ts')).runOnVolume(line, request),
    readVolumeFile: async (request) => (await import('./read-volume-file.ts')).readVolumeFile(line, request),
    readTree: async function* (request) {
      yield* (await import('./read-tree.ts')).readTree(line, request);
    },
    writeTree: async (request) => (await import('./write-tree.ts')).writeTree(line, request),
    emptyFolders: async (request) => (await import('./empty-folders.ts')).emptyFolders(line, request),
    removeVolume: (name) => removeVolume(line, name),
    createNetwork: async (spec) => (await import('./networks.ts')).createNetwork(line, spec),
    removeNetwork: async (network) => (await import('./networks.ts')).removeNetwork(line, network),
    createContainer: (spec) => createContainer(line, spec),
    startContainer: (container) => startContainer(line, container),
    stopContainer: (container, timeoutSeconds) => stopContainer(line, container, timeoutSeconds),
    removeContainer: (container, options) => removeContainer(line, container, options.force),
    renameContainer: (container, name) => renameContainer(line, container, name),
    updateLimits: (container, limits) => updateLimits(line, container, limits),
    waitForExit: (container, signal) => waitForExit(line, container, signal),
    logs: (container, query) => containerLogs(line, container, query),
    events: (query) => engineEvents(line, query),
    exec: async (container, words, timeoutMs) => (await import('./exec.ts')).exec(line, container, words, timeoutMs),
    session: async (request) => (await import('./session.ts')).openSession(line, request, apiVersion),
    putFiles: async (container, files, uid, gid) => (await import('./put-files.ts')).putFiles(line, container, files, { uid, gid }),
    usage: (container) => containerUsage(line, container),
    volumeSize: (volume) => volumeSize(line, volume),
    layerSize: (container) => layerSize(line, container),
  };
}
