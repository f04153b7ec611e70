import {
  EdgeKind,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { factsOf } from '../facts';
import { RawRecord } from '../ImportRecord';
import { membersOfGroups } from './membersOfGroups';
import {
  ORIGINAL_SETS,
  OriginalRecord,
  OriginalSet,
  parseOriginalExport,
} from './OriginalExport';
import {
  leftOverNotes,
  metadataOf,
  ownerOf,
  pairsOf,
  quantitiesOf,
  textOf,
  valuesOf,
} from './originalFields';
import { dnsName, OriginalNames } from './OriginalNames';

const COMMON_FIELDS = ['name', 'description', 'tags', 'metadata'];

const KIND_OF_SET: Readonly<Record<OriginalSet, EdgeKind>> = {
  groups: 'EdgeGroup',
  clusters: 'EdgeCluster',
  namespaces: 'EdgeNamespace',
  applications: 'EdgeApplication',
  policies: 'EdgePolicy',
};

interface Converted {
  readonly metadata: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly notes: readonly string[];
}

/**
 * Reads what the original's API gave: groups, clusters, namespaces and applications, in this order. docs/imports.md
 * says what becomes of each field.
 *
 * @throws InputError where the whole cannot be read
 * @internal
 */
export function* readOriginal(content: string): Generator<RawRecord> {
  const found = parseOriginalExport(content);
  const names = OriginalNames.create(found);
  const members = membersOfGroups(found, names);
  const converters: Record<
    OriginalSet,
    ((record: OriginalRecord) => Converted) | undefined
  > = {
    groups: record => toGroup(record, names),
    clusters: record => toCluster(record, names, members),
    namespaces: record => toNamespace(record, names),
    applications: record => toApplication(record, names),
    policies: undefined,
  };
  for (const set of ORIGINAL_SETS) {
    for (const record of found[set]) {
      yield convert(KIND_OF_SET[set], record, converters[set]);
    }
  }
}

function convert(
  kind: EdgeKind,
  record: OriginalRecord,
  converter: ((record: OriginalRecord) => Converted) | undefined,
): RawRecord {
  const head = { kind, metadata: { name: dnsName(String(record.name)) } };
  if (!converter) {
    return {
      value: head,
      skip: 'policies of the original had no effect, and no rule to take over',
    };
  }
  try {
    const { metadata, spec, notes } = converter(record);
    const value = { apiVersion: RES_EDGE_API_VERSION, kind, metadata, spec };
    return { value, notes };
  } catch (error) {
    return { value: head, problem: { message: (error as Error).message } };
  }
}

function toGroup(record: OriginalRecord, names: OriginalNames): Converted {
  const name = names.groupName(record);
  const parent = names.parentName(record);
  const { metadata, notes } = metadataOf(name, {
    ...record,
    name: undefined,
  });
  const facts = factsOf(pairsOf(record.metadata));
  const selector = selectorOf(record, names);
  return {
    metadata: { ...metadata, ...(facts.labels && { labels: facts.labels }) },
    spec: compact({
      type: parent === undefined ? name : undefined,
      parent,
      selector,
    }),
    notes: [
      ...notes,
      ...keyNotes([...facts.leftOut, ...Object.keys(facts.attributes ?? {})]),
      ...leftOverNotes(record, [
        ...COMMON_FIELDS,
        'namePath',
        'path',
        'parent',
        'parentId',
        'type',
        'clusters',
        'expression',
      ]),
    ],
  };
}

function toCluster(
  record: OriginalRecord,
  names: OriginalNames,
  members: ReadonlyMap<string, readonly string[]>,
): Converted {
  const name = dnsName(String(record.name));
  const { metadata, notes } = metadataOf(name, record);
  const facts = factsOf(pairsOf(record.metadata));
  const groups = Array.isArray(record.groups)
    ? record.groups.map(group => names.reference('groups', group))
    : members.get(name) ?? [];
  return {
    metadata: { ...metadata, ...(facts.labels && { labels: facts.labels }) },
    spec: compact({
      environment: textOf(record.environment),
      groups: groups.length > 0 ? [...new Set(groups)] : undefined,
      attributes: facts.attributes,
      capacity: quantitiesOf(record.capacity),
      timeZone: textOf(record.timeZone),
    }),
    notes: [
      ...notes,
      ...keyNotes(facts.leftOut),
      ...leftOverNotes(record, [
        ...COMMON_FIELDS,
        'environment',
        'groups',
        'capacity',
        'timeZone',
        'namespaces',
      ]),
    ],
  };
}

function toNamespace(record: OriginalRecord, names: OriginalNames): Converted {
  const { metadata, owner, values, notes } = ownedFields(record, [
    'name',
    'businessUnit',
    'environment',
  ]);
  const quota = quantitiesOf(record.capacity);
  return {
    metadata,
    spec: compact({
      owner,
      businessUnit: textOf(record.businessUnit),
      environment: textOf(record.environment),
      selector: selectorOf(record, names),
      resources: quota && { quota },
      values,
    }),
    notes: [
      ...notes,
      ...leftOverNotes(record, [
        ...COMMON_FIELDS,
        'owner',
        'owners',
        'businessUnit',
        'environment',
        'expression',
        'capacity',
        'clusters',
        'applications',
      ]),
    ],
  };
}

function toApplication(
  record: OriginalRecord,
  names: OriginalNames,
): Converted {
  const { metadata, owner, values, notes } = ownedFields(record, [
    'name',
    'version',
    'owner',
  ]);
  const namespace = record.namespace ?? record.namespaceId ?? undefined;
  const path = textOf(record.path);
  return {
    metadata,
    spec: compact({
      owner,
      type: record.type === 'AddOn' ? 'addon' : undefined,
      namespace:
        namespace === undefined
          ? undefined
          : names.reference('namespaces', namespace),
      source: path && { path: `./${path.replace(/^[./]+/, '')}` },
      requests: quantitiesOf(record.capacity),
      values,
    }),
    notes: [
      ...notes,
      ...leftOverNotes(record, [
        ...COMMON_FIELDS,
        'owner',
        'owners',
        'type',
        'namespace',
        'namespaceId',
        'path',
        'capacity',
      ]),
    ],
  };
}

/** What namespaces and applications have alike; `taken` are keys of their metadata that are no values. */
function ownedFields(record: OriginalRecord, taken: string[]) {
  const name = dnsName(String(record.name));
  const { metadata, notes } = metadataOf(name, record);
  const { values, leftOut } = valuesOf(record.metadata, taken);
  const { owner, notes: ownerNotes } = ownerOf(record);
  return {
    ...{ metadata, owner, values },
    notes: [...notes, ...ownerNotes, ...keyNotes(leftOut)],
  };
}

/** `none`, an empty text and null selected nothing. */
function selectorOf(
  record: OriginalRecord,
  names: OriginalNames,
): string | undefined {
  const text = textOf(record.expression);
  if (text === undefined || ['none', 'null'].includes(text.toLowerCase())) {
    return undefined;
  }
  return names.expression(text);
}

function keyNotes(keys: readonly string[]): string[] {
  return keys.map(
    key => `metadata '${key.slice(0, 80)}': no key or value that is taken here`,
  );
}

function compact(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(spec).filter(([, value]) => value !== undefined),
  );
}
