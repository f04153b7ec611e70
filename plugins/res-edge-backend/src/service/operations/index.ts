export * from './Operations';
export * from './createOperations';
export * from './toChangeRequest';
export * from './Reply';
