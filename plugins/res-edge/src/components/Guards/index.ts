export { GuardSection } from './GuardSection';
