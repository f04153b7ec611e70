/** What stands in an address for the name of a shard. @internal */
export const SHARD = '{shard}';

/** An address of one shard. @internal */
export function atShard(address: string, shard: string): string {
  return address.replaceAll(SHARD, shard);
}
