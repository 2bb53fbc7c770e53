import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';

export const dockerReach = check({
  id: 'docker.reach',
  question: 'does the Docker engine answer',
  looksAt: 'engine',
  probe: ({ engine }) => engine,
  judge(sight) {
    if ('problem' in sight) {
      const { code, message, hint } = sight.problem;
      const commands = [...hint.matchAll(/`([^`]+)`/g)].map(([, command]) => command ?? '');
      return harm('fail', message, [{ source: 'GET /_ping', value: code }], { text: hint, commands });
    }
    const { endpoint, serverVersion } = sight.info;
    return calm('ok', `The engine ${serverVersion} answers.`, [{ source: 'GET /_ping', value: endpoint }]);
  },
});
