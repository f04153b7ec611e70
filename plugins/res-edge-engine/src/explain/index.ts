export { explain } from './explain';
export * from './explainHold';
