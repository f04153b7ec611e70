export * from './gitHeaders';
export * from './openShardRepositories';
export * from './openTarget';
export * from './watchGitHub';
