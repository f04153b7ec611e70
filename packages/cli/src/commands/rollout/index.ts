export * from './rolloutCommands';
export * from './rolloutList';
export * from './rolloutShow';
export * from './rolloutSimulate';
export * from './rolloutStart';
