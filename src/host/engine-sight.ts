import type { EngineInfo } from '../ports/engine.ts';
import type { EngineSight, Judgement } from './check.ts';
import { calm } from './judgement.ts';

/** What every check of the engine's own words says when there are none; why stands in docker.reach. */
export const ENGINE_UNSEEN: Judgement = calm('unknown', 'The engine could not be asked.', []);

/** The engine's facts; undefined where it could not be reached. */
export function engineFacts(sight: EngineSight): EngineInfo | undefined {
  return 'info' in sight ? sight.info : undefined;
}
