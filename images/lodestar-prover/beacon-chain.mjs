// The light client of the beacon chain: from a trusted root to headers that a sync committee signed.
import yaml from 'js-yaml';

const UPDATE_BYTES = 8 << 20;

/** Sizes of an epoch are fixed when the library is loaded, so they are set from the network's configuration before. */
async function loadLibrary(configText) {
  const words = yaml.load(configText, { schema: yaml.FAILSAFE_SCHEMA });
  const { setActivePreset, PresetName } = await import('@lodestar/params/setPreset');
  const sizes = {};
  for (const name of ['SLOTS_PER_EPOCH', 'EPOCHS_PER_SYNC_COMMITTEE_PERIOD']) {
    if (words[name] !== undefined) sizes[name] = Number(words[name]);
  }
  if (sizes.SLOTS_PER_EPOCH !== undefined) sizes.EPOCHS_PER_SYNC_COMMITTEE_PERIOD ??= 8192 / sizes.SLOTS_PER_EPOCH;
  setActivePreset(PresetName[words.PRESET_BASE ?? 'mainnet'], sizes);
  const [{ Lightclient }, config, { ssz }] = await Promise.all([
    import('@lodestar/light-client'),
    import('@lodestar/config'),
    import('@lodestar/types'),
  ]);
  return { Lightclient, ssz, chain: config.createChainForkConfig(config.chainConfigFromJson(words)) };
}

/**
 * Starts at `trustedRoot` and follows the beacon chain by asking once in a slot. Rejects when no server has a bootstrap for that
 * root, or its bootstrap does not prove it.
 */
export async function followBeaconChain({ configText, trustedRoot, beacon, log }) {
  const { Lightclient, ssz, chain } = await loadLibrary(configText);
  const get = (path, read) => beacon.ask({ path, maxBytes: UPDATE_BYTES }, read);
  const typesOf = (version) => {
    const types = ssz[version];
    if (types?.LightClientUpdate === undefined) throw new Error(`the fork ${version} is not known to this light client`);
    return types;
  };
  const read =
    (type) =>
    ({ version, data }) => ({ version, data: typesOf(version)[type].fromJson(data) });
  const transport = {
    getBootstrap: (root) => get(`/eth/v1/beacon/light_client/bootstrap/${root}`, read('LightClientBootstrap')),
    getUpdates: (from, count) =>
      get(`/eth/v1/beacon/light_client/updates?start_period=${from}&count=${count}`, (updates) => updates.map(read('LightClientUpdate'))),
    getOptimisticUpdate: () => get('/eth/v1/beacon/light_client/optimistic_update', read('LightClientOptimisticUpdate')),
    getFinalityUpdate: () => get('/eth/v1/beacon/light_client/finality_update', read('LightClientFinalityUpdate')),
    // Asked for below instead, since not every server streams events.
    onOptimisticUpdate: () => {},
    onFinalityUpdate: () => {},
  };
  const genesis = await get('/eth/v1/beacon/genesis', ({ data }) => ({
    genesisTime: Number(data.genesis_time),
    genesisValidatorsRoot: data.genesis_validators_root,
  }));
  const quiet = { error: (message, _context, error) => log(`${message}: ${error?.message ?? ''}`), warn: log, info() {}, debug() {} };
  const client = await Lightclient.initializeFromCheckpointRoot({
    config: chain,
    checkpointRoot: Buffer.from(trustedRoot.slice(2), 'hex'),
    transport,
    genesisData: genesis,
    logger: quiet,
  });
  await client.start();
  // Taken only when the light client takes it: a server that falsifies is passed over for the next.
  const optimistic = (answer) => client.processOptimisticUpdate(read('LightClientOptimisticUpdate')(answer).data);
  const finality = (answer) => client.processFinalizedUpdate(read('LightClientFinalityUpdate')(answer).data);
  const follow = async () => {
    try {
      await get('/eth/v1/beacon/light_client/optimistic_update', optimistic);
      await get('/eth/v1/beacon/light_client/finality_update', finality);
    } catch (error) {
      log(`beacon update: ${error.message}`);
    }
  };
  await follow();
  const timer = setInterval(follow, (chain.SECONDS_PER_SLOT * 1000) / 2);
  return {
    chainId: Number(chain.DEPOSIT_CHAIN_ID),
    /** Headers of the execution chain as the sync committee signed them; undefined before the first. */
    head: () => headerOf(client.getHead()),
    finalized: () => headerOf(client.getFinalized()),
    stop() {
      clearInterval(timer);
      client.stop();
    },
  };
}

function headerOf(header) {
  const execution = header?.execution;
  if (execution === undefined || execution.blockNumber === 0) return undefined;
  return {
    number: execution.blockNumber,
    hash: `0x${Buffer.from(execution.blockHash).toString('hex')}`,
    stateRoot: execution.stateRoot,
    time: execution.timestamp * 1000,
  };
}
