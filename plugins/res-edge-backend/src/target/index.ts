export * from './gitHeaders';
export * from './openTarget';
export * from './watchGitHub';
