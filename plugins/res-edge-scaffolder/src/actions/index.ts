export { createApplicationWriteAction } from './applicationWrite';
export { createChangeRequestWaitAction } from './changeRequestWait';
export { createSelectorPreviewAction } from './selectorPreview';
