export * from './createGates';
export * from './GateTypes';
export * from './gateReadings';
export * from './gateStates';
