export * from './openTarget';
export * from './watchGitHub';
