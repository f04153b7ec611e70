export { HierarchiesPage } from './HierarchiesPage';
