export * from './Arrivals';
export * from './describeSimulation';
export * from './foreseenContent';
export { foreseenRelease } from './foreseenRelease';
export type { ForeseenRelease } from './foreseenRelease';
export * from './RolloutSimulation';
export * from './SimulatedRollout';
export { shareOfRings } from './shareOfRings';
export * from './withAllRings';
