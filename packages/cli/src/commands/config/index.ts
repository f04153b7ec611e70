export { configDeleteContext } from './configDeleteContext';
export { configGetContexts } from './configGetContexts';
export { configSetContext } from './configSetContext';
export { configUseContext } from './configUseContext';
