export * from './TestRegistry';
export * from './pushArtifact';
