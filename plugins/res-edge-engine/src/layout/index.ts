export { gitBlobHash } from './format/digest';
export { parseYaml } from './format/parseYaml';
export { yamlDocuments } from './format/yamlDocuments';
export type { DocumentProblem, YamlDocument } from './format/yamlDocuments';
export { intentPaths, sliceChanges, sliceRemoval } from './main/intentPaths';
export { renderApplicationSlice } from './main/applicationSlice';
export { renderPromotion } from './main/ringsOnMain';
export { namespaceRelease } from './main/namespaceRelease';
export { renderNamespaceSlice, withContentOf } from './main/namespaceSlice';
export { renderGroupSlice, renderPolicySlice } from './main/groupSlice';
export { readGroup, renderGroupWithContentOf } from './main/groupContent';
export { Slices } from './main/Slices';
export type { Slice, SlicesOptions } from './main/Slices';
export { readDecisions } from './main/readDecisions';
export { capturedNeeds } from './main/capturedNeeds';
export { renderTargetsLock } from './main/targetsLock';
export { DerivedFiles } from './main/DerivedFiles';
export type { DerivedFilesInput, EnvironmentShards } from './main/DerivedFiles';
export { EnvironmentMain } from './main/EnvironmentMain';
export type { EnvironmentMainInput } from './main/EnvironmentMain';
export { ShardReader } from './main/ShardReader';
export type { ReadShards } from './main/ShardReader';
export {
  assignShards,
  LAYOUT_VERSION,
  readShards,
  renderLayoutFile,
  renderShards,
  SHARD_PREFIX,
  shardPrefixOf,
} from './main/shards';
export type { ShardPrefix } from './main/shards';
export type { RemoteReaders } from './main/remoteSource';
export { sourceField } from './capture/sourceField';
export { checkSource } from './capture/checkSource';
export { parseManifests, releaseBuilds, sourceBuilds } from './capture/builds';
export { readAllowedKinds } from './capture/allowedKinds';
export { createCapture, keepCaptured } from './capture/createCapture';
export { deliveredVersions } from './delivery/deliveredVersions';
export { baselineOf } from './delivery/baselineOf';
export { deliveredGroupReleases } from './delivery/groupReleases';
export type { GroupReleases } from './delivery/groupReleases';
export { parseBill } from './delivery/bill';
export { namedRevisions } from './delivery/namedRevisions';
export { BillReader } from './delivery/BillReader';
export { BaselineReader } from './delivery/BaselineReader';
export { readDeliveredShard } from './delivery/readDeliveredShard';
export type { DeliveredFile } from './delivery/readDeliveredShard';
export { renderDelivery } from './delivery/renderDelivery';
export type { DeliveryInput } from './delivery/DeliveryInput';
export { DeliveryRenderer } from './delivery/DeliveryRenderer';
export type { DeliveryRun, WantedRevision } from './delivery/DeliveryRenderer';
export { DeliveryComparison } from './delivery/DeliveryComparison';
export type { DeliveryCounts } from './delivery/DeliveryComparison';
export { ComponentChecks } from './delivery/ComponentChecks';
export type { CheckedComponents } from './delivery/ComponentChecks';
export type { ComponentCombination } from './delivery/componentCombinations';
