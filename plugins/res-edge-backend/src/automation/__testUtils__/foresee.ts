import {
  EdgeEntity,
  WriteEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import { isDeepStrictEqual } from 'node:util';
import { ApplyResult, InventoryRecord } from '../../database';
import { VisibleFleet } from '../../permissions';
import { writeEffect } from '../../service/queries';
import { OutlookSight } from '../../service/queries/OutlookSight';
import { readYaml, TestFleet } from './TestFleet';

/** What it would cause to register a folder as it is now, for who sees everything. */
export async function foresee(
  { automation }: TestFleet,
  yamlFolder: string,
): Promise<WriteEffect> {
  return foreseeDifference(
    automation,
    await differenceOf(automation, yamlFolder),
  );
}

/** What a change of the inventory would cause, for who sees everything. */
export async function foreseeDifference(
  automation: TestFleet['automation'],
  difference: ApplyResult['difference'],
): Promise<WriteEffect> {
  const outlook = await automation.whatIf(difference);
  const fleet = VisibleFleet.of(outlook.view, {
    EdgeApplication: 'all',
    EdgeCluster: 'all',
    EdgeGroup: 'all',
    EdgeNamespace: 'all',
    EdgePolicy: 'all',
  });
  const written = difference.written.map(({ entity }) => entity);
  return writeEffect(outlook, OutlookSight.of(fleet, outlook, written));
}

async function differenceOf(
  automation: TestFleet['automation'],
  yamlFolder: string,
): Promise<ApplyResult['difference']> {
  const keyOf = ({ kind, metadata }: EdgeEntity) => `${kind} ${metadata.name}`;
  const { inventory, revision } = automation.view()!;
  const registered = new Map(
    Object.values(inventory)
      .flat()
      .map((entity: EdgeEntity) => [keyOf(entity), entity]),
  );
  const written: InventoryRecord[] = [];
  for (const { entity, location } of await readYaml(yamlFolder)) {
    const known = registered.get(keyOf(entity));
    registered.delete(keyOf(entity));
    if (known && isDeepStrictEqual({ ...known }, { ...entity })) continue;
    const at = '2026-11-26T00:00:00.000Z';
    written.push({
      entity,
      origin: { type: 'catalog', location },
      revision: revision + 1,
      createdAt: at,
      updatedAt: at,
      alsoAt: [],
    });
  }
  return {
    written,
    deleted: [...registered.values()].map(({ kind, metadata }) => ({
      kind,
      name: metadata.name,
    })),
  };
}
