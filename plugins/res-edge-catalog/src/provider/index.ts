export * from './ResEdgeApiProvider';
