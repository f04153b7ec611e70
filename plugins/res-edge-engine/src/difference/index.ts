export * from './comparePlans';
export * from './countByGroup';
export * from './describeClusters';
