export * from './pullArtifact';
export * from './TestRegistry';
export * from './pushArtifact';
