export * from './gitHeaders';
export * from './openEnvironmentRepositories';
export * from './openShardRepositories';
export * from './openTarget';
export * from './watchGitHub';
