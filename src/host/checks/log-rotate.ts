import { check } from '../check.ts';
import { DAEMON_CONFIG, readDaemonConfig } from '../engine-config/daemon-config.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { upAgain } from '../up-again.ts';

/** The driver that keeps everything here unless it is told a size; the others bound themselves or send it elsewhere. */
const UNBOUNDED = 'json-file';

export const logRotate = check({
  id: 'log.rotate',
  question: 'do logs of containers end before the disk does',
  looksAt: 'engine',
  probe({ engine, files }, { tenants }) {
    const info = engineFacts(engine);
    const ownFile = info?.local && !info.rootless && info.product === 'docker';
    const config = ownFile ? readDaemonConfig(files.read(DAEMON_CONFIG)) : undefined;
    return {
      info,
      config,
      logs: tenants.map(({ name, spec, container }) => ({ node: name, again: upAgain({ name, spec }), ...container.log })),
    };
  },
  judge({ info, config, logs }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const size = config?.state === 'read' ? maxSize(config.values['log-opts']) : undefined;
    const read = [
      { source: 'GET /info LoggingDriver', value: info.loggingDriver },
      { source: `${DAEMON_CONFIG} log-opts max-size`, value: size ?? (config === undefined ? 'not seen' : config.state) },
      ...logs.map(({ node, driver, options }) => ({
        source: `GET /containers/${node} LogConfig`,
        value: `${driver} ${options['max-size'] ?? 'unlimited'}`,
      })),
    ];
    const endless = logs.filter(({ driver, options }) => driver === UNBOUNDED && isEndless(options['max-size']));
    if (endless.length > 0) {
      const names = endless.map(({ node }) => node).join(', ');
      return harm('fail', `The log of ${names} grows without end: it fills the disk of the chain.`, read, {
        text: 'Make the container anew; the chain is kept.',
        commands: endless.flatMap(({ node, again }) => [`nodectl down ${node}`, again]),
      });
    }
    if (info.loggingDriver !== UNBOUNDED || (size !== undefined && !isEndless(size))) {
      return calm('ok', 'Logs of containers are bounded.', read);
    }
    if (config === undefined)
      return calm('info', 'Logs of nodes are bounded; what the engine does for others is not seen from here.', read);
    if (config.state === 'unseen') return calm('unknown', `${DAEMON_CONFIG} could not be read.`, read);
    const meaning = 'Logs of nodes are bounded, those of any other container grow without end on the same disk.';
    const text = 'Give the engine a bound for containers that name none; it holds for new ones after a restart of the engine.';
    return harm('warn', meaning, read, { text, commands: ['nodectl doctor --fix'] }, config.state !== 'broken');
  },
});

function maxSize(options: unknown): string | undefined {
  const size = typeof options === 'object' && options !== null ? (options as Record<string, unknown>)['max-size'] : undefined;
  return typeof size === 'string' ? size : undefined;
}

/** -1 is the driver's own word for no bound. */
function isEndless(size: string | undefined): boolean {
  return size === undefined || size.trim().startsWith('-');
}
