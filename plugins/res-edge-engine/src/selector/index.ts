export * from './SelectorError';
export * from './SelectorContext';
export * from './compileSelector';
