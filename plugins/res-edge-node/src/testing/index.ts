export * from './buildAsFlux';
