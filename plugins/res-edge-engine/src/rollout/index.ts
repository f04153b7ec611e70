export * from './Rollout';
export * from './rolloutMoves';
export * from './RolloutPace';
export * from './RolloutWorld';
export * from './startRollout';
export * from './advanceRollout';
export * from './rolloutBatch';
export * from './commandRollout';
