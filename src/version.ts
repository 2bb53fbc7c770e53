import { version } from '../package.json';

/** nodectl's own version, as package.json has it. */
export const VERSION: string = version;
