import {
  Problem,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, keepEqual } from '../bitmap';
import {
  ApplicationDecision,
  Decisions,
  ONLY_RING,
  RolloutRings,
} from '../model';
import { SelectorContext } from '../selector';
import { sharedSelector } from '../selector/compileSelector';
import { compareNames, edgeReference } from '../snapshot';
import { attempt } from './problems';

/**
 * The policies of type rollout, by name; undefined for one whose rings cannot be found.
 *
 * @param before - those of another time, whose sets are given again where they hold the same
 * @internal
 */
export function rolloutRings(
  context: SelectorContext,
  decisions: Pick<Decisions, 'policies'>,
  problems: Problem[],
  before?: ReadonlyMap<string, RolloutRings | undefined>,
): ReadonlyMap<string, RolloutRings | undefined> {
  const result = new Map<string, RolloutRings | undefined>();
  for (const name of [...decisions.policies.keys()].sort(compareNames)) {
    const { spec } = decisions.policies.get(name)!;
    if (spec.type !== 'rollout') continue;
    result.set(name, ringsOf(name, spec, context, problems, before?.get(name)));
  }
  return result;
}

/** The rings of an application: one of all clusters where it names no rollout; undefined where they cannot be found. @internal */
export function applicationRings(
  { entity }: ApplicationDecision,
  rollouts: ReadonlyMap<string, RolloutRings | undefined>,
  all: Bitmap,
): Pick<RolloutRings, 'rings'> | undefined {
  const { rollout } = entity.spec;
  return rollout === undefined
    ? { rings: [{ name: ONLY_RING, clusters: all }] }
    : rollouts.get(rollout);
}

/** Why the rings of an application cannot be found; undefined where they can. @internal */
export function rolloutProblem(
  { entity }: ApplicationDecision,
  policies: Decisions['policies'],
  rollouts: ReadonlyMap<string, RolloutRings | undefined>,
): string | undefined {
  const { rollout } = entity.spec;
  if (rollout === undefined || rollouts.get(rollout)) return undefined;
  const type = policies.get(rollout)?.spec.type;
  const stays = 'where its rings differ, what is delivered stays';
  if (type === undefined)
    return `There is no rollout '${rollout}' on main; ${stays}`;
  return type === 'rollout'
    ? `The rings of rollout '${rollout}' cannot be found: it has a problem; ${stays}`
    : `'${rollout}' is of type ${type}; an application names a policy of type rollout; ${stays}`;
}

function ringsOf(
  policy: string,
  { rings }: RolloutSpec,
  context: SelectorContext,
  problems: Problem[],
  before: RolloutRings | undefined,
): RolloutRings | undefined {
  const rest = Bitmap.full(context.size);
  const names = new Set<string>();
  const found: { name: string; clusters: Bitmap }[] = [];
  for (const [index, { name, clusters, gates = [] }] of rings.entries()) {
    const field = `spec.rings[${index}]`;
    const selected = attempt(
      problems,
      'EdgePolicy',
      policy,
      `${field}.clusters`,
      () => sharedSelector(context, clusters).clusters,
    );
    if (names.has(name)) {
      problems.push({
        entity: edgeReference('EdgePolicy', policy),
        field: `${field}.name`,
        message: `There is a ring '${name}' before it; each has a name of its own`,
      });
      return undefined;
    }
    names.add(name);
    const twice = gates.find(
      (gate, i) => gates.findIndex(other => other.name === gate.name) < i,
    );
    if (twice) {
      problems.push({
        entity: edgeReference('EdgePolicy', policy),
        field: `${field}.gates`,
        message: `There are two gates '${twice.name}'; each has a name of its own`,
      });
      return undefined;
    }
    if (!selected) return undefined;
    const own = selected.clone().and(rest);
    rest.andNot(own);
    found.push({ name, clusters: own });
  }
  const last = found[found.length - 1];
  last.clusters.or(rest);
  return {
    rings: found.map(({ name, clusters }) => {
      const old = before?.rings.find(ring => ring.name === name);
      return { name, clusters: keepEqual(old?.clusters, clusters) };
    }),
    unselected: keepEqual(before?.unselected, rest),
  };
}
