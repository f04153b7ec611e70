import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { EDGE_KINDS } from '@res-edge/backstage-plugin-res-edge-common';

const clusterContent = EntityContentBlueprint.make({
  name: 'cluster',
  params: {
    path: '/placements',
    title: 'Placements',
    filter: { kind: 'edgecluster' },
    loader: () =>
      import('../components/Entity/ClusterContent').then(m => (
        <m.ClusterContent />
      )),
  },
});

const groupContent = EntityContentBlueprint.make({
  name: 'group',
  params: {
    path: '/members',
    title: 'Members',
    filter: { kind: 'edgegroup' },
    loader: () =>
      import('../components/Entity/GroupContent').then(m => <m.GroupContent />),
  },
});

const namespaceContent = EntityContentBlueprint.make({
  name: 'namespace',
  params: {
    path: '/reach',
    title: 'Reach',
    filter: { kind: 'edgenamespace' },
    loader: () =>
      import('../components/Entity/NamespaceContent').then(m => (
        <m.NamespaceContent />
      )),
  },
});

const applicationContent = EntityContentBlueprint.make({
  name: 'application',
  params: {
    path: '/reach',
    title: 'Reach',
    filter: { kind: 'edgeapplication' },
    loader: () =>
      import('../components/Entity/ApplicationContent').then(m => (
        <m.ApplicationContent />
      )),
  },
});

const problemsCard = EntityCardBlueprint.make({
  name: 'problems',
  params: {
    type: 'content',
    filter: { $any: EDGE_KINDS.map(kind => ({ kind: kind.toLowerCase() })) },
    loader: () =>
      import('../components/Entity/EntityProblemsCard').then(m => (
        <m.EntityProblemsCard />
      )),
  },
});

/** What the plugin adds to the catalog's pages of entities. */
export const entityExtensions = [
  clusterContent,
  groupContent,
  namespaceContent,
  applicationContent,
  problemsCard,
];
