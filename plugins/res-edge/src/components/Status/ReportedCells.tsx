import { Cell, ColumnConfig } from '@backstage/ui';
import {
  ReportedApplication,
  ReportedState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Status, Time } from '../common';
import { STATES } from './states';
import styles from './status.module.css';

/** What is wanted somewhere, and what is reported. */
interface Reported {
  state: ReportedState;
  revision?: string;
  version?: string;
  reported?: ReportedApplication;
}

const nameOf = (row: { version?: string; revision?: string }) =>
  row.version ?? row.revision;

/** The columns of a table of what is wanted against what is reported, after the one that names the row. */
export function reportedColumns<
  Row extends Reported & { id: string },
>(): ColumnConfig<Row>[] {
  return [
    {
      id: 'state',
      label: 'State',
      defaultWidth: 140,
      cell: ({ state }) => {
        const [tone, word] = STATES[state];
        return (
          <Cell>
            <Status tone={tone}>{word}</Status>
          </Cell>
        );
      },
    },
    {
      id: 'wanted',
      label: 'Wanted',
      defaultWidth: '1fr',
      cell: row => <Cell>{nameOf(row) ?? 'not here any more'}</Cell>,
    },
    {
      id: 'reported',
      label: 'Reported',
      defaultWidth: '3fr',
      cell: ({ reported }) => (
        <Cell>
          {reported ? (
            <div>
              {nameOf(reported)} {reported.condition},{' '}
              <Time value={reported.at} />
              {reported.message && (
                <div className={styles.message}>{reported.message}</div>
              )}
            </div>
          ) : (
            'nothing'
          )}
        </Cell>
      ),
    },
  ];
}
