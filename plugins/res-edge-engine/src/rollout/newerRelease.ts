import { Rollout } from './Rollout';

/** The release that has come to the first ring of a rollout that is being taken back; undefined for none. @internal */
export function newerRelease(
  { release, rings }: Pick<Rollout, 'release' | 'rings'>,
  reached: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const [{ name, before }] = rings;
  const now = reached.get(name);
  return now === release || now === before ? undefined : now;
}
