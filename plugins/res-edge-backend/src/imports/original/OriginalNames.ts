import { InputError } from '@backstage/errors';
import { isRecord, OriginalExport, OriginalRecord } from './OriginalExport';

type NamedSet = 'groups' | 'clusters' | 'namespaces';

const SET_OF_TOKEN: Readonly<Record<string, NamedSet>> = {
  g: 'groups',
  c: 'clusters',
  n: 'namespaces',
};
const WORD_OF_SET: Readonly<Record<NamedSet, string>> = {
  groups: 'group',
  clusters: 'cluster',
  namespaces: 'namespace',
};
/** `/g/stores/central`, `/c/2`: not `/m/key/value`, and not what has quotes. */
const TOKEN = /\/([gcn])((?:\/[^\s()/"']+)+)(?![^\s()])/g;
/** Deeper than any tree that people made; a circle of parents ends here. */
const MAX_PARENTS = 100;

/** A text as a part of a DNS-1123 name: `Round_Rock` is `round-rock`. @internal */
export function dnsName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, '-');
}

/** Names by the ids that the original's server gave. @internal */
export class OriginalNames {
  private readonly names: Record<NamedSet, Map<string, string>> = {
    groups: new Map(),
    clusters: new Map(),
    namespaces: new Map(),
  };
  private readonly groups: ReadonlyMap<string, OriginalRecord>;

  static create(found: OriginalExport): OriginalNames {
    return new OriginalNames(found);
  }

  private constructor(found: OriginalExport) {
    this.groups = new Map(found.groups.map(group => [String(group.id), group]));
    for (const set of ['clusters', 'namespaces'] as const) {
      for (const record of found[set]) {
        this.names[set].set(String(record.id), dnsName(String(record.name)));
      }
    }
    for (const group of found.groups) {
      this.names.groups.set(String(group.id), this.groupName(group));
    }
  }

  /** The name of a group: its path from the root, with points. @throws InputError where the parents go in a circle */
  groupName(group: OriginalRecord, depth = 0): string {
    const path = [group.namePath, group.path].find(
      value => typeof value === 'string' && value !== '',
    );
    if (path !== undefined) {
      return String(path).split('/').filter(Boolean).map(dnsName).join('.');
    }
    const own = dnsName(String(group.name));
    const parent = this.groups.get(parentId(group) ?? '');
    if (!parent || depth > MAX_PARENTS) return own;
    return `${this.groupName(parent, depth + 1)}.${own}`;
  }

  /** The name of a group's parent; undefined for a root. */
  parentName(group: OriginalRecord): string | undefined {
    const name = this.groupName(group);
    if (name.includes('.')) return name.slice(0, name.lastIndexOf('.'));
    const id = parentId(group);
    return id === undefined ? undefined : this.nameOf('groups', id);
  }

  /** A reference as an id, a name, or a record with either. @throws InputError for an id that nothing here has */
  reference(set: NamedSet, value: unknown): string {
    if (!isRecord(value)) return this.nameOf(set, String(value));
    if (set === 'groups' && (value.namePath || value.path)) {
      return this.groupName(value);
    }
    if (value.id !== undefined && this.names[set].has(String(value.id))) {
      return this.names[set].get(String(value.id))!;
    }
    if (typeof value.name === 'string' && set !== 'groups') {
      return dnsName(value.name);
    }
    return this.nameOf(set, String(value.id));
  }

  /** An expression with names instead of ids, in the form that names have here. @throws InputError */
  expression(text: string): string {
    return text.replace(TOKEN, (_, token: string, path: string) => {
      const set = SET_OF_TOKEN[token];
      const segments = path.split('/').slice(1);
      const isId = segments.length === 1 && /^\d+$/.test(segments[0]);
      return isId
        ? `/${token}/${this.nameOf(set, segments[0]).replace(/\./g, '/')}`
        : `/${token}/${segments.map(dnsName).join('/')}`;
    });
  }

  private nameOf(set: NamedSet, idOrName: string): string {
    const name = this.names[set].get(idOrName);
    if (name !== undefined) return name;
    if (/^\d+$/.test(idOrName)) {
      throw new InputError(
        `the ${WORD_OF_SET[set]} with the id ${idOrName} is not in this import; import ${set} together with what names them`,
      );
    }
    return idOrName.split('/').filter(Boolean).map(dnsName).join('.');
  }
}

function parentId(group: OriginalRecord): string | undefined {
  const { parentId: id, parent } = group;
  const found = id ?? (isRecord(parent) ? parent.id : parent);
  return found === undefined || found === null || found === 0
    ? undefined
    : String(found);
}
