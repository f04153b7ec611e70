export * from './createGitHubClient';
export * from './createReviewers';
export * from './GitHubPullRequests';
export * from './GitHubRemote';
export * from './GitHubStatuses';
