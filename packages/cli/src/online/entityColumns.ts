import {
  EdgeKind,
  EntityRow,
} from '@res-edge/backstage-plugin-res-edge-common';

/** A column of `resedge get`. @internal */
export interface EntityColumn {
  readonly header: string;
  /** Whether `-o wide` alone has it. */
  readonly wide?: boolean;
  /** What it needs of the entity beside what each row has. */
  readonly field?: string;
  of(row: EntityRow): string | number | undefined;
}

const OWNER: EntityColumn = { header: 'OWNER', of: row => row.owner };
const TITLE: EntityColumn = { header: 'TITLE', of: row => row.title };
const ENVIRONMENT: EntityColumn = {
  header: 'ENVIRONMENT',
  of: row => row.environment,
};

/** What the columns of each kind are between name and problems. */
const OF_KIND: Readonly<Record<EdgeKind, readonly EntityColumn[]>> = {
  EdgeCluster: [
    { header: 'STATE', of: row => row.state },
    ENVIRONMENT,
    { header: 'APPLICATIONS', of: row => row.applications },
    { header: 'GROUPS', wide: true, of: row => row.groups?.join(',') },
    wide(OWNER),
  ],
  EdgeGroup: [fromSpec('type'), fromSpec('parent'), wide(TITLE), wide(OWNER)],
  EdgeNamespace: [
    ENVIRONMENT,
    fromSpec('businessUnit', 'BUSINESS UNIT'),
    OWNER,
    wide(TITLE),
  ],
  EdgeApplication: [
    fromSpec('version'),
    fromSpec('namespace'),
    OWNER,
    wide(TITLE),
  ],
  EdgePolicy: [fromSpec('type'), TITLE, wide(OWNER)],
};

/** The columns of `resedge get` for a kind. @internal */
export function entityColumns(kind: EdgeKind, isWide: boolean): EntityColumn[] {
  const columns: EntityColumn[] = [
    { header: 'NAME', of: row => row.name },
    ...OF_KIND[kind],
    { header: 'PROBLEMS', of: row => row.problems },
    { header: 'LABELS', wide: true, of: row => labelsOf(row) },
  ];
  return columns.filter(column => isWide || !column.wide);
}

function wide(column: EntityColumn): EntityColumn {
  return { ...column, wide: true };
}

function fromSpec(name: string, header = name.toUpperCase()): EntityColumn {
  return {
    header,
    field: `spec.${name}`,
    of: ({ entity }) => {
      const spec = entity?.spec as Record<string, unknown> | undefined;
      const value = spec?.[name];
      return value === undefined ? undefined : String(value);
    },
  };
}

function labelsOf({ labels }: EntityRow): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
