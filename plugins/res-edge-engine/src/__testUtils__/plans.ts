import {
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { decide } from '../decide';
import { Decisions, Plan } from '../model';
import { Snapshot } from '../snapshot';
import { cluster, namespace } from './build';

/** A fleet and what is decided about it; two clusters where left out. */
export interface Given {
  clusters?: EdgeClusterEntity[];
  groups?: EdgeGroupEntity[];
  decisions: Decisions;
  baseline?: Record<string, string[]>;
}

export function plan({
  clusters = [cluster('a'), cluster('b')],
  groups = [],
  decisions: given,
  baseline = {},
}: Given): Plan {
  const snapshot = Snapshot.create({ clusters, groups });
  return decide({
    snapshot,
    decisions: given,
    baseline: {
      applications: new Map(
        Object.entries(baseline).map(([name, list]) => [
          name,
          snapshot.bitmapOf(list),
        ]),
      ),
    },
    now: new Date(0),
  });
}

/** The names of the clusters of each application, joined. */
export const placed = ({ snapshot, applications }: Plan) =>
  Object.fromEntries(
    [...applications].map(([name, found]) => [
      name,
      snapshot.namesOf(found.placed).join(''),
    ]),
  );
export const refused = ({ snapshot, applications }: Plan, name: string) =>
  applications.get(name)!.refusals.map(({ clusters, ...refusal }) => ({
    ...refusal,
    clusters: snapshot.namesOf(clusters).join(''),
  }));

export const everywhere = namespace('shop', { all: true });
