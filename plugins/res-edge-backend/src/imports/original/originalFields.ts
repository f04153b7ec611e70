import { ResourceQuantities } from '@res-edge/backstage-plugin-res-edge-common';
import { isPrototypeKey } from '../../util/isPrototypeKey';
import { orUndefined } from '../facts';
import { isRecord, OriginalRecord } from './OriginalExport';
import { dnsName } from './OriginalNames';

const VALUE_KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const TAG = /^[a-z0-9+#:]+(?:-[a-z0-9+#:]+)*$/;

/** What the server kept for itself. */
const OWN_FIELDS = [
  'id',
  'createdOn',
  'createdBy',
  'updatedOn',
  'updatedBy',
  'clustersTree',
  'subgroups',
];

/** A text that says something. @internal */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : undefined;
}

/** `metadata` as pairs: a list of `{key, value}`, or a mapping. @internal */
export function pairsOf(metadata: unknown): [string, unknown][] {
  if (Array.isArray(metadata)) {
    return metadata
      .filter(isRecord)
      .map(({ key, value }) => [String(key), value]);
  }
  return isRecord(metadata) ? Object.entries(metadata) : [];
}

/** `metadata` as values for placeholders; `builtIn` are the names that a placeholder has already. @internal */
export function valuesOf(
  metadata: unknown,
  builtIn: readonly string[],
): { values?: Record<string, string>; leftOut: string[] } {
  const values: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const [key, value] of pairsOf(metadata)) {
    const usable =
      typeof value === 'string' &&
      VALUE_KEY.test(key) &&
      !builtIn.includes(key) &&
      !isPrototypeKey(key);
    if (usable) values[key] = value;
    else leftOut.push(key);
  }
  return { values: orUndefined(values), leftOut };
}

/** `{ memoryLimit: 512, cpuLimit: 1.5 }`: MiB and cores; what is not above 0 is not limited. @internal */
export function quantitiesOf(
  capacity: unknown,
): ResourceQuantities | undefined {
  if (!isRecord(capacity)) return undefined;
  const { cpuLimit, memoryLimit } = capacity;
  return orUndefined({
    ...(isAmount(cpuLimit) && { cpu: String(cpuLimit) }),
    ...(isAmount(memoryLimit) && { memory: `${memoryLimit}Mi` }),
  });
}

/** The metadata that every kind has. @internal */
export function metadataOf(
  name: string,
  record: OriginalRecord,
): { metadata: Record<string, unknown>; notes: string[] } {
  const given: unknown[] = Array.isArray(record.tags) ? record.tags : [];
  const tags = [...new Set(given.map(tag => dnsName(String(tag))))];
  const kept = tags.filter(tag => tag.length <= 63 && TAG.test(tag));
  const notes = tags
    .filter(tag => !kept.includes(tag))
    .map(tag => `tag '${tag.slice(0, 80)}': not a tag of the catalog`);
  if (
    record.name !== undefined &&
    dnsName(String(record.name)) !== record.name
  ) {
    notes.push(`name '${record.name}': written as ${name}`);
  }
  const description = textOf(record.description);
  return {
    metadata: {
      name,
      ...(description && { description }),
      ...(kept.length > 0 && { tags: kept }),
    },
    notes,
  };
}

/** An owner of the original is a word: a group of the catalog here. @internal */
export function ownerOf(record: OriginalRecord): {
  owner?: string;
  notes: string[];
} {
  const owners = (Array.isArray(record.owners) ? record.owners : [record.owner])
    .map(owner => textOf(isRecord(owner) ? owner.name : owner))
    .filter(owner => owner !== undefined);
  const [owner, ...others] = owners;
  return {
    owner: owner && `group:default/${dnsName(owner)}`,
    notes:
      others.length > 0 ? [`owners ${others.join(', ')}: one owns here`] : [],
  };
}

/** A note for each field that says something and has no place here. @internal */
export function leftOverNotes(
  record: OriginalRecord,
  known: readonly string[],
): string[] {
  return Object.entries(record)
    .filter(
      ([key, value]) =>
        !known.includes(key) &&
        !OWN_FIELDS.includes(key) &&
        !key.includes('@') &&
        value !== null &&
        value !== '' &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    )
    .map(([key]) => `${key.slice(0, 80)}: has no place here`);
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
