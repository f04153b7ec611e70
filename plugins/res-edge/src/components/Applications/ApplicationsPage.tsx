import { useState } from 'react';
import { SearchField } from '@backstage/ui';
import { useResource } from '../../hooks';
import { Loaded, PageContent, Status } from '../common';
import common from '../common/common.module.css';
import { ApplicationTable } from './ApplicationTable';
import styles from './applications.module.css';

/** All applications: how far each reaches, and which version is decided. */
export function ApplicationsPage() {
  const applications = useResource('applications', api =>
    api.listApplications(),
  );
  const [search, setSearch] = useState('');
  return (
    <PageContent>
      <div className={common.toolbar}>
        <div className={common.toolbarField}>
          <SearchField
            aria-label="Search applications"
            placeholder="Name, namespace or owner"
            value={search}
            onChange={setSearch}
          />
        </div>
        <div className={styles.legend}>
          <Status tone="success">delivered</Status>
          <Status tone="info">placed, not yet delivered</Status>
          <Status tone="danger">refused</Status>
        </div>
      </div>
      <Loaded resource={applications}>
        {({ items }) => (
          <ApplicationTable applications={items} search={search.trim()} />
        )}
      </Loaded>
    </PageContent>
  );
}
