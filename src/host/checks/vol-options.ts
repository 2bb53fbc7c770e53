import { formatSize, parseSize } from '../../node/size.ts';
import { check, type Tenant } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

/** Bytes of a volume's own `size`; undefined where it has none or it is no size. */
function sizeOf({ volume }: Tenant): number | undefined {
  const words = volume?.options ?? {};
  const size = words.size ?? /(?:^|,)size=([^,]+)/.exec(words.o ?? '')?.[1];
  try {
    return size === undefined ? undefined : parseSize(size, 'size');
  } catch {
    return undefined;
  }
}

export const volOptions = check({
  id: 'vol.options',
  question: 'have the volumes the size that their nodes were asked to keep to',
  looksAt: 'engine',
  probe: ({ engine }, { tenants }) => engineFacts(engine) && tenants,
  judge(tenants) {
    if (tenants === undefined) return ENGINE_UNSEEN;
    const read = tenants.map(({ name, volume }) => ({
      source: `GET /volumes/${volume?.name ?? name} Options`,
      value: volume === undefined ? 'no volume' : JSON.stringify(volume.options).slice(0, 120),
    }));
    if (tenants.length === 0) return calm('ok', 'There is no volume of a node.', read);
    const other = tenants.filter((tenant) => {
      const size = sizeOf(tenant);
      return size !== undefined && tenant.spec.storage !== null && size !== tenant.spec.storage;
    });
    if (other.length > 0) {
      const each = other.map(
        (tenant) => `${tenant.name} is kept to ${formatSize(sizeOf(tenant) ?? 0)} and asked for ${formatSize(tenant.spec.storage ?? 0)}`,
      );
      return harm('fail', `An engine never changes a volume that exists: ${each.join(', ')}.`, read, {
        text: 'Begin the chain in a volume of another name.',
        commands: other.map(({ name, spec }) => `nodectl up --network ${spec.network} --name ${name}-2 --storage ${spec.storage}`),
      });
    }
    const unkept = tenants.filter((tenant) => tenant.spec.storage !== null && tenant.volume !== undefined && isPlain(tenant));
    if (unkept.length > 0) {
      const names = unkept.map(({ name, spec }) => `${name} (${formatSize(spec.storage ?? 0)})`).join(', ');
      return calm('info', `Nothing of the engine keeps these to the storage they were asked for: ${names}.`, read);
    }
    return calm('ok', 'Every volume has the options its node needs.', read);
  },
});

/** A folder on the engine's disk, and no disk of its own. */
function isPlain({ volume }: Tenant): boolean {
  return volume?.driver === 'local' && Object.keys(volume.options).length === 0;
}
