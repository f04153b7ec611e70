import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { IANAZone } from 'luxon';
import { parseQuantity } from '../quantity';
import { edgeReference } from './reference';

/** Whether a name is a time zone; asking takes long, and there are some hundred. */
const zones = new Map<string, boolean>();
const MAX_ZONES = 1_000;

/** What is wrong with clusters by themselves: groups that do not exist, capacities and time zones that cannot be read. @internal */
export function checkClusters(
  clusters: Iterable<EdgeClusterEntity>,
  groups: ReadonlyMap<string, EdgeGroupEntity>,
): Problem[] {
  const problems: Problem[] = [];
  const quantities = new Map<string | number, string | undefined>();
  for (const { metadata, spec } of clusters) {
    const report = (field: string, message: string) =>
      problems.push({
        entity: edgeReference('EdgeCluster', metadata.name),
        field,
        message,
      });
    (spec.groups ?? []).forEach((group, i) => {
      if (!groups.has(group))
        report(`spec.groups[${i}]`, `There is no group '${group}'`);
    });
    for (const [resource, quantity] of Object.entries(spec.capacity ?? {})) {
      if (!quantities.has(quantity)) {
        quantities.set(quantity, quantityError(quantity));
      }
      const message = quantities.get(quantity);
      if (message)
        report(
          `spec.capacity.${resource}`,
          `${message}. It counts as not declared`,
        );
    }
    const { timeZone } = spec;
    if (timeZone === undefined) continue;
    let valid = zones.get(timeZone);
    if (valid === undefined) {
      valid = IANAZone.isValidZone(timeZone);
      if (zones.size >= MAX_ZONES) zones.clear();
      zones.set(timeZone, valid);
    }
    if (!valid) {
      report(
        'spec.timeZone',
        `'${timeZone}' is no time zone; allowed are IANA names such as America/Chicago`,
      );
    }
  }
  return problems;
}

function quantityError(quantity: string | number): string | undefined {
  try {
    parseQuantity(quantity);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
