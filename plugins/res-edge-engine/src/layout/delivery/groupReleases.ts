import { Bitmap } from '../../bitmap';
import { Decisions } from '../../model';
import { compareNames, Snapshot } from '../../snapshot';

/** The release of each group that rolls out, by its name. @public */
export type GroupReleases = ReadonlyMap<string, string>;

const LINE = /^# group ([A-Za-z0-9._-]+) ([0-9a-f]+)$/gm;

/** Lines that say which releases of groups a values file was written from. @internal */
export function groupReleaseLines(releases: GroupReleases): string {
  return [...releases]
    .map(([group, digest]) => `# group ${group} ${digest}\n`)
    .join('');
}

/** Which releases of groups that roll out a cluster has, as its values file says; of other groups it says none. @public */
export function deliveredGroupReleases(values: string): GroupReleases {
  return new Map(
    [...values.matchAll(LINE)].map(([, group, digest]) => [group, digest]),
  );
}

/** What main holds of a group that rolls out, and for which clusters. @internal */
export interface RollingGroup {
  readonly name: string;
  readonly digest: string;
  readonly clusters: Bitmap;
}

/** In order of their names. @internal */
export function rollingGroups(
  { groups }: Pick<Decisions, 'groups'>,
  snapshot: Snapshot,
): RollingGroup[] {
  return [...groups.values()]
    .filter(
      ({ name, rollout }) => rollout !== undefined && snapshot.groups.has(name),
    )
    .map(({ name, digest }) => ({
      ...{ name, digest },
      clusters: snapshot.groupMembers(name),
    }))
    .sort((a, b) => compareNames(a.name, b.name));
}
