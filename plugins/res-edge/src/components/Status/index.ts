export { ApplicationStatusSection } from './ApplicationStatusSection';
export { ClusterStatusSection } from './ClusterStatusSection';
export { FleetStatusCard } from './FleetStatusCard';
