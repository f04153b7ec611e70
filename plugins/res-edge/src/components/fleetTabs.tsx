import { ReactElement } from 'react';

/** A tab of the Fleet page. */
export interface FleetTab {
  path: string;
  title: string;
  load: () => Promise<ReactElement>;
}

/** The tabs of the Fleet page, in their order, for both frontend systems. */
export const FLEET_TABS: readonly FleetTab[] = [
  {
    path: 'overview',
    title: 'Overview',
    load: () => import('./Overview').then(m => <m.OverviewPage />),
  },
  {
    path: 'hierarchies',
    title: 'Hierarchies',
    load: () => import('./Hierarchies').then(m => <m.HierarchiesPage />),
  },
  {
    path: 'clusters',
    title: 'Clusters',
    load: () => import('./Clusters').then(m => <m.ClustersPage />),
  },
  {
    path: 'applications',
    title: 'Applications',
    load: () => import('./Applications').then(m => <m.ApplicationsPage />),
  },
  {
    path: 'rollouts',
    title: 'Rollouts',
    load: () => import('./Rollouts').then(m => <m.RolloutsPage />),
  },
  {
    path: 'policies',
    title: 'Policies',
    load: () => import('./Policies').then(m => <m.PoliciesPage />),
  },
  {
    path: 'change-requests',
    title: 'Change requests',
    load: () => import('./ChangeRequests').then(m => <m.ChangeRequestsPage />),
  },
  {
    path: 'plans',
    title: 'Plans',
    load: () => import('./Plans').then(m => <m.PlansPage />),
  },
  {
    path: 'problems',
    title: 'Problems',
    load: () => import('./Problems').then(m => <m.ProblemsPage />),
  },
  {
    path: 'audit',
    title: 'Audit',
    load: () => import('./Audit').then(m => <m.AuditPage />),
  },
  {
    path: 'selectors',
    title: 'Selectors',
    load: () => import('./Selectors').then(m => <m.SelectorsPage />),
  },
];
