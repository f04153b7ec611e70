export * from './openTestTarget';
export * from './TestGitServer';
export * from './TestPulls';
