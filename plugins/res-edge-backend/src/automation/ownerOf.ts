import {
  DecidedKind,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';

/** What a path of main belongs to. @internal */
export interface PathOwner {
  /** Undefined for what the automation alone derives. */
  readonly entity?: { readonly kind: DecidedKind; readonly name: string };
  /** The entity's reference; empty where there is none. */
  readonly ref: string;
}

/** The folders of main in which every path has an owner. @internal */
export const OWNED_FOLDERS = [
  'apps',
  'namespaces',
  'groups',
  'policies',
  '.res-edge',
];

const DERIVED = /^\.res-edge\//;
/** Written anew from the plan wherever it differs, so that nobody has to ask who changed it. */
const LOCK = /^namespaces\/[^/]+\/targets\.lock\.yaml$/;
const ENTITIES: readonly [DecidedKind, RegExp][] = [
  ['EdgeApplication', /^apps\/([^/]+)\//],
  ['EdgeNamespace', /^namespaces\/([^/]+)\//],
  ['EdgeGroup', /^groups\/([^/]+)\//],
  ['EdgePolicy', /^policies\/([^/]+)\.yaml$/],
];

/** Whom a path of main belongs to; undefined for files that are the people's own. @internal */
export function ownerOf(path: string): PathOwner | undefined {
  if (LOCK.test(path)) return undefined;
  if (DERIVED.test(path)) return { ref: '' };
  for (const [kind, pattern] of ENTITIES) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined)
      return { entity: { kind, name }, ref: entityRefOf(kind, name) };
  }
  return undefined;
}
