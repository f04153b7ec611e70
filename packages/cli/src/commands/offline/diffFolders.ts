import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Baseline,
  comparePlans,
  Inventory,
  Plan,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { isDeepStrictEqual } from 'node:util';
import { loadFleet } from '../../fleet/loadFleet';
import { readAllowedKindsFile } from '../../fleet/readAllowedKindsFile';
import { decideFleet } from '../../planning/decideFleet';
import { effectLines } from '../../terminal/effectLines';
import { problemLines } from '../../terminal/problemLines';
import { writeTo } from '../../terminal/Streams';
import { printable } from '../../terminal/table';
import { Call } from '../Command';

/** Entity references, sorted. */
interface EntityDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** `resedge diff FOLDER_A FOLDER_B`. @internal */
export async function diffFolders({
  positionals: [folderA, folderB],
  options,
  json,
  streams,
  progress,
}: Call): Promise<number> {
  const builder = KustomizeBuilder.create();
  const allowedKinds = readAllowedKindsFile(options.allowedKinds);
  const common = { builder, progress, allowedKinds };
  const fleetA = loadFleet(folderA, { progress });
  const before = await decideFleet({ fleet: fleetA, ...common });
  const fleetB = loadFleet(folderB, { progress });
  const after = await decideFleet({
    fleet: fleetB,
    ...common,
    baseline: snapshot => placementsOf(before.plan, snapshot),
  });
  progress.clear();
  const { problems } = after;
  const entities = compareEntities(fleetA.inventory, fleetB.inventory);
  const effects = comparePlans(before.plan, after.plan);
  if (json) {
    const answer = { entities, effects, problems };
    await writeTo(streams.stdout, `${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    const lines = [...entityLines(entities), ...effects.flatMap(effectLines)];
    const text = lines.map(line => `${printable(line)}\n`).join('');
    await writeTo(streams.stdout, text || 'no difference\n');
    await writeTo(streams.stderr, problemLines(problems));
  }
  return problems.length > 0 ? 1 : 0;
}

function placementsOf(plan: Plan, snapshot: Snapshot): Baseline {
  return {
    applications: new Map(
      [...plan.applications].map(([name, { placed }]) => [
        name,
        snapshot.bitmapOf(plan.snapshot.namesOf(placed)),
      ]),
    ),
  };
}

function compareEntities(
  before: Inventory,
  after: Inventory,
): EntityDifference {
  const old = entitiesOf(before);
  const now = entitiesOf(after);
  const refs = [...now.keys()].sort();
  return {
    added: refs.filter(ref => !old.has(ref)),
    changed: refs.filter(
      ref => old.has(ref) && !isDeepStrictEqual(old.get(ref), now.get(ref)),
    ),
    removed: [...old.keys()].filter(ref => !now.has(ref)).sort(),
  };
}

/** What people write of an entity, by reference. */
function entitiesOf(
  inventory: Inventory,
): Map<string, Pick<EdgeEntity, 'metadata' | 'spec'>> {
  const all: EdgeEntity[] = Object.values(inventory).flat();
  return new Map(
    all.map(({ kind, metadata, spec }) => [
      entityRefOf(kind, metadata.name),
      { metadata, spec },
    ]),
  );
}

const SHOWN_ENTITIES = 20;

function entityLines(entities: EntityDifference): string[] {
  return (['added', 'changed', 'removed'] as const).flatMap(what => {
    const refs = entities[what];
    if (refs.length === 0) return [];
    const more = refs.length - SHOWN_ENTITIES;
    return [
      `${what}: ${refs.slice(0, SHOWN_ENTITIES).join(', ')}${
        more > 0 ? ` and ${more.toLocaleString('en')} more` : ''
      }`,
    ];
  });
}
