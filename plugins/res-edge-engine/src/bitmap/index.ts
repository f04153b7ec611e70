export * from './Bitmap';
export * from './intersectWith';
