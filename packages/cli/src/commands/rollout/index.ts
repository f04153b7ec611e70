export * from './rolloutCommands';
export * from './rolloutHistory';
export * from './rolloutList';
export * from './rolloutShow';
export * from './rolloutSimulate';
export * from './rolloutStart';
