export * from './Arrivals';
export * from './describeSimulation';
export * from './foreseenRelease';
export * from './RolloutSimulation';
export * from './SimulatedRollout';
export { shareOfRings } from './shareOfRings';
export * from './withAllRings';
