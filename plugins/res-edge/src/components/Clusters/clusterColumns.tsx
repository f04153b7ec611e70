import { Cell, CellText, ColumnConfig } from '@backstage/ui';
import { EntityRow } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink, Status, Tone } from '../common';

const STATES = new Map<string, Tone>([
  ['active', 'success'],
  ['provisioning', 'info'],
  ['draining', 'warning'],
]);

/** Columns of a table of clusters; those that say less are hidden where there is little room. */
export function clusterColumns(options: {
  /** There is room for all. */
  wide: boolean;
  /** There is room for little. */
  compact?: boolean;
}): ColumnConfig<EntityRow & { id: string }>[] {
  const { compact, wide } = options;
  return [
    {
      id: 'name',
      label: 'Cluster',
      isRowHeader: true,
      defaultWidth: '2fr',
      cell: ({ name, title }) => (
        <Cell>
          <EdgeLink kind="EdgeCluster" name={name} />
          {title && <div>{title}</div>}
        </Cell>
      ),
    },
    {
      id: 'state',
      label: 'State',
      defaultWidth: 125,
      cell: ({ state = 'active' }) => (
        <Cell>
          <Status tone={STATES.get(state) ?? 'neutral'}>{state}</Status>
        </Cell>
      ),
    },
    {
      id: 'groups',
      label: 'Groups',
      isHidden: !wide,
      defaultWidth: '3fr',
      cell: ({ groups = [] }) => <CellText title={groups.join(', ')} />,
    },
    {
      id: 'labels',
      label: 'Labels',
      isHidden: !wide,
      defaultWidth: '3fr',
      cell: ({ labels }) => (
        <CellText
          title={Object.entries(labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(', ')}
        />
      ),
    },
    {
      id: 'applications',
      label: 'Applications',
      isHidden: compact,
      defaultWidth: 135,
      cell: ({ applications }) => (
        <CellText title={String(applications ?? '')} />
      ),
    },
    {
      id: 'problems',
      label: 'Problems',
      defaultWidth: 110,
      cell: ({ problems }) => (
        <Cell>
          {problems > 0 ? (
            <Status tone="warning">{problems}</Status>
          ) : (
            <span aria-label="none">–</span>
          )}
        </Cell>
      ),
    },
  ];
}
