export * from './Bitmap';
