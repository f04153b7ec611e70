export { AllowedHosts } from './AllowedHosts';
export { ArtifactReader } from './ArtifactReader';
export { ChartReader } from './ChartReader';
export { integrationHeaders } from './integrationHeaders';
export { SilentHosts } from './SilentHosts';
export { SourceHosts } from './SourceHosts';
export { newestVersion, semVerOf } from './newestVersion';
