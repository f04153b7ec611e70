import { Cell, ColumnConfig, Link, Text } from '@backstage/ui';
import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink, Status } from '../common';
import { PollState } from './PollState';
import { ReachBar } from './ReachBar';

/** One application as a row of a table. */
export type ApplicationRow = ApplicationReach & { id: string };

/** Columns of a table of applications; `changeRequestPath` gives the address of a change request. */
export function applicationColumns(options: {
  wide: boolean;
  changeRequestPath: (id: string) => string;
}): ColumnConfig<ApplicationRow>[] {
  const { changeRequestPath, wide } = options;
  return [
    {
      id: 'name',
      label: 'Application',
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '2fr',
      cell: ({ name, problems }) => (
        <Cell>
          <EdgeLink kind="EdgeApplication" name={name} />
          {problems > 0 && (
            <div>
              <Status tone="warning">{problems} problems</Status>
            </div>
          )}
        </Cell>
      ),
    },
    {
      id: 'namespace',
      label: 'Namespace',
      isSortable: true,
      isHidden: !wide,
      defaultWidth: '2fr',
      cell: ({ namespace }) => (
        <Cell>
          {namespace ? (
            <EdgeLink kind="EdgeNamespace" name={namespace} />
          ) : (
            'none: placed nowhere'
          )}
        </Cell>
      ),
    },
    {
      id: 'placed',
      label: 'Reach',
      isSortable: true,
      defaultWidth: '3fr',
      cell: item => (
        <Cell>
          <ReachBar reach={item} />
        </Cell>
      ),
    },
    {
      id: 'version',
      label: 'Version',
      defaultWidth: '2fr',
      cell: ({ changeRequest, version, mergedVersion, poll }) => (
        <Cell>
          <div>{mergedVersion ?? 'not merged'}</div>
          {changeRequest ? (
            <Link href={changeRequestPath(changeRequest)} variant="body-small">
              {version === mergedVersion
                ? 'change request'
                : `${version} asked`}
            </Link>
          ) : (
            version !== mergedVersion && (
              <Text variant="body-small" color="secondary">
                registered: {version}
              </Text>
            )
          )}
          {poll && <PollState poll={poll} />}
        </Cell>
      ),
    },
  ];
}
