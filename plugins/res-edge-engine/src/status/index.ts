export * from './ApplicationReport';
export * from './applicationState';
export * from './fluxStatusManifests';
export * from './freshness';
export * from './statusToken';
