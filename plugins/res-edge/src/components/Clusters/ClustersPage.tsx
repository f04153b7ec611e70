import { PageContent } from '../common';
import { ClusterTable } from './ClusterTable';

/** All clusters. */
export function ClustersPage() {
  return (
    <PageContent>
      <ClusterTable />
    </PageContent>
  );
}
