import { useState } from 'react';
import { SearchField, Select, TablePagination, TextField } from '@backstage/ui';
import {
  AUDIT_OPERATIONS,
  OperationQuery,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useDebounced, usePages, useQueryParameter } from '../../hooks';
import { EmptyState, Loaded, PageContent, kindWord } from '../common';
import { AuditEntryView } from './AuditEntryView';
import styles from './audit.module.css';

type Query = OperationQuery<'listAuditEntries'>;
type Kind = NonNullable<NonNullable<Query>['kind']>;

const KINDS: readonly Kind[] = [
  'EdgeCluster',
  'EdgeGroup',
  'EdgeNamespace',
  'EdgeApplication',
  'EdgePolicy',
  'Guard',
  'Plan',
];
const HOUR = 60 * 60 * 1000;
const PERIODS: Record<string, number> = {
  'Last hour': HOUR,
  'Last 24 hours': 24 * HOUR,
  'Last 7 days': 7 * 24 * HOUR,
  'Last 30 days': 30 * 24 * HOUR,
};
const ANY = 'any';

function Choice(props: {
  label: string;
  any: string;
  options: readonly { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, any, options, value, onChange } = props;
  return (
    <Select
      label={label}
      options={[{ value: ANY, label: any }, ...options]}
      value={value ?? ANY}
      onChange={key => onChange(key === ANY ? undefined : String(key))}
    />
  );
}

/** Who changed what, the newest first: by entity, actor, operation and time. */
export function AuditPage() {
  const [kind, setKind] = useQueryParameter('kind');
  const [name, setName] = useQueryParameter('name');
  const [actor, setActor] = useState('');
  const [operation, setOperation] = useState<string>();
  const [period, setPeriod] = useState<string>();
  const wanted = {
    kind: KINDS.find(known => known === kind),
    name: useDebounced(name),
    actor: useDebounced(actor.trim()) || undefined,
    operation: AUDIT_OPERATIONS.find(known => known === operation),
  };
  const pages = usePages(
    JSON.stringify(['audit', wanted, period]),
    (api, page) =>
      api.listAuditEntries({
        ...page,
        ...wanted,
        from: period
          ? new Date(Date.now() - PERIODS[period]).toISOString()
          : undefined,
      }),
  );
  const { pagination } = pages;
  return (
    <PageContent>
      <div className={styles.filters}>
        <Choice
          label="Kind"
          any="All kinds"
          options={KINDS.map(value => ({ value, label: kindWord(value) }))}
          value={wanted.kind}
          onChange={setKind}
        />
        <TextField
          label="Name"
          value={name ?? ''}
          onChange={value => setName(value.trim() || undefined)}
        />
        <SearchField
          label="Who"
          placeholder="user:default/ann"
          value={actor}
          onChange={setActor}
        />
        <Choice
          label="Operation"
          any="All operations"
          options={AUDIT_OPERATIONS.map(value => ({ value, label: value }))}
          value={operation}
          onChange={setOperation}
        />
        <Choice
          label="When"
          any="Any time"
          options={Object.keys(PERIODS).map(label => ({ value: label, label }))}
          value={period}
          onChange={setPeriod}
        />
      </div>
      <Loaded resource={pages}>
        {({ items }) => (
          <section aria-label="Audit log">
            {items.length === 0 && !pagination.hasPreviousPage ? (
              <EmptyState title="No entry">
                {pagination.hasNextPage
                  ? 'None among the newest ones; there are older ones.'
                  : 'Nobody changed anything that matches.'}
              </EmptyState>
            ) : (
              items.map(entry => (
                <AuditEntryView key={entry.sequence} entry={entry} />
              ))
            )}
            {(pagination.hasNextPage || pagination.hasPreviousPage) && (
              <div className={styles.more}>
                <TablePagination {...pagination} />
              </div>
            )}
          </section>
        )}
      </Loaded>
    </PageContent>
  );
}
