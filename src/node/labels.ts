/** The labels by which nodectl knows its own containers and volumes; Docker is the only database. */
export const LABEL_NODE = 'nodectl.node';
/** What a labelled thing is to its node: execution, consensus, light; secret (a volume of keys and addresses), network, helper (a container that only prepares something and is never left). */
export const LABEL_ROLE = 'nodectl.role';
export const LABEL_SPEC = 'nodectl.spec';
export const LABEL_VERSION = 'nodectl.version';
/** On a volume: whose chain it holds, known even while no container exists. */
export const LABEL_NETWORK = 'nodectl.network';

/** On a volume: the chain it was made for; see chain-record. */
export const LABEL_CHAIN = 'nodectl.chain';

/** On a consensus client's volume: whose database it holds. */
export const LABEL_CLIENT = 'nodectl.client';

/** On a volume that is a filesystem of its own: where that is; see sized-place. */
export const LABEL_STORAGE = 'nodectl.storage';
