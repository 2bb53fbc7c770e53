import { STOP_TIMEOUT_SECONDS } from '../../node/stop-timeout.ts';
import { check } from '../check.ts';
import { DAEMON_CONFIG, readDaemonConfig } from '../engine-config/daemon-config.ts';
import { servicePatience } from '../engine-config/service-patience.ts';
import { calm, harm } from '../judgement.ts';

/** dockerd's own, where `shutdown-timeout` is not set. */
const ENGINE_DEFAULT_SECONDS = 15;

/** An engine waits for the slowest of its own setting and of its containers' stop timeouts, so its supervisor is what can be too short. */
export const dockerStop = check({
  id: 'docker.stop',
  question: "is the engine's own stop as patient as a node needs",
  looksAt: 'host',
  probe: async (eyes) => ({
    config: readDaemonConfig(eyes.files.read(DAEMON_CONFIG)),
    service: await servicePatience(eyes),
  }),
  judge({ config, service }, { tenants }) {
    const needed = Math.max(STOP_TIMEOUT_SECONDS, ...tenants.map(({ container }) => container.stopTimeoutSeconds));
    const set = config.state === 'read' ? config.values['shutdown-timeout'] : undefined;
    const shown = config.state === 'read' ? String(set ?? `not set (${ENGINE_DEFAULT_SECONDS} s)`) : config.state;
    const read = [
      { source: `${DAEMON_CONFIG} shutdown-timeout`, value: shown },
      { source: service.source, value: service.seconds === undefined ? 'none' : `${service.seconds} s` },
    ];
    if (config.state === 'broken') {
      return harm('fail', `The engine will not start again: ${DAEMON_CONFIG} is broken (${config.reason}).`, read, {
        text: 'Correct it.',
        commands: [`python3 -m json.tool ${DAEMON_CONFIG}`],
      });
    }
    if (service.supervisor !== 'none' && service.seconds === undefined) {
      return calm('unknown', 'How long the engine is given to stop could not be understood.', read);
    }
    const given = service.seconds ?? Number.POSITIVE_INFINITY;
    if (given < needed) {
      const meaning = `The engine is killed ${given} s after it was told to stop, while a node may need ${needed} s to write its state: it would lose its last blocks.`;
      return service.supervisor === 'systemd'
        ? harm('warn', meaning, read, { text: 'Give its unit more time.', commands: ['nodectl doctor --fix'] }, true)
        : harm('warn', meaning, read, { text: 'Stop the nodes before the engine or the machine.', commands: ['nodectl stop'] });
    }
    const unset = typeof set !== 'number' || (set >= 0 && set < needed);
    const ownWords = unset ? ', by the stop timeouts of its nodes' : '';
    return calm('ok', `The engine waits up to ${needed} s for its nodes${ownWords}, and is given the time.`, read);
  },
});
