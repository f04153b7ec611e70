export * from './foreseenRelease';
export * from './RolloutSimulation';
export * from './SimulatedRollout';
export * from './spreadShare';
