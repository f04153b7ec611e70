export { RolloutsPage } from './RolloutsPage';
export { RolloutSection } from './RolloutSection';
export { NotYetSection, stagedPlacement } from './NotYetSection';
export { NotYet } from './NotYet';
export { notYetReason } from './notYetReason';
export { useNewestRollouts } from './useNewestRollouts';
export { contentOf } from './rolloutSubject';
