import {
  ApplicationSelector,
  EdgeApplicationEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Decisions } from '../model';
import { SelectorContext, SelectorError } from '../selector';
import { sharedSelector } from '../selector/compileSelector';
import { compareNames } from '../snapshot';
import { attempt } from './problems';
import { sameContent, sameSet } from './same';

/** A policy of type prohibition. @internal */
export interface Prohibition {
  readonly policy: string;
  readonly reason: string;
  readonly applications: ApplicationSelector;
  /** `undefined` where the selector cannot be evaluated: until it can, nothing new is placed. */
  readonly clusters: Bitmap | undefined;
}

/**
 * The prohibitions, in order of their names.
 *
 * @param before - those of another time: the very ones are given where they say the same
 * @internal
 */
export function prohibitions(
  context: SelectorContext,
  decisions: Pick<Decisions, 'policies'>,
  problems: Problem[],
  before: readonly Prohibition[] = [],
): Prohibition[] {
  const result: Prohibition[] = [];
  for (const name of [...decisions.policies.keys()].sort(compareNames)) {
    const { spec } = decisions.policies.get(name)!;
    if (spec.type !== 'prohibition') continue;
    const usable = attempt(
      problems,
      'EdgePolicy',
      name,
      'spec.applications',
      () => {
        if (
          Object.values(spec.applications ?? {}).every(
            part => part === undefined,
          )
        ) {
          throw new SelectorError(
            'It selects no application; name names, namespaces or matchLabels',
          );
        }
        return true;
      },
    );
    if (!usable) continue;
    const clusters = attempt(
      problems,
      'EdgePolicy',
      name,
      'spec.clusters',
      () => sharedSelector(context, spec.clusters).clusters,
    );
    const prohibition: Prohibition = {
      policy: name,
      reason: clusters
        ? spec.reason
        : `The clusters of this policy cannot be found, so nothing new is placed until they can: ${spec.reason}`,
      applications: spec.applications,
      clusters,
    };
    const old = before.find(({ policy }) => policy === name);
    result.push(old && samePolicy(old, prohibition) ? old : prohibition);
  }
  return result;
}

/** Whether an application is one of those that a policy or a component selects. @public */
export function matchesApplication(
  selector: ApplicationSelector,
  application: EdgeApplicationEntity,
): boolean {
  const { names, namespaces, matchLabels } = selector;
  const { metadata, spec } = application;
  if (names && !names.includes(metadata.name)) return false;
  if (
    namespaces &&
    (spec.namespace === undefined || !namespaces.includes(spec.namespace))
  )
    return false;
  const labels = metadata.labels ?? {};
  return Object.entries(matchLabels ?? {}).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

function samePolicy(one: Prohibition, other: Prohibition): boolean {
  return (
    one.reason === other.reason &&
    sameContent(one.applications, other.applications) &&
    sameSet(one.clusters, other.clusters)
  );
}
