export * from './TestGitServer';
export * from './TestPulls';
