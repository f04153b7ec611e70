export * from './comparePlans';
export * from './countByGroup';
