import type { components } from '../generated/openapi';

type Schemas = components['schemas'];

// The API's types, by their names in openapi.yaml, which documents each field.
/** See `ErrorBody` in openapi.yaml. @public */
export type ErrorBody = Schemas['ErrorBody'];
/** See `FleetSummary` in openapi.yaml. @public */
export type FleetSummary = Schemas['FleetSummary'];
/** See `EntityRow` in openapi.yaml. @public */
export type EntityRow = Schemas['EntityRow'];
/** See `EntityPage` in openapi.yaml. @public */
export type EntityPage = Schemas['EntityPage'];
/** See `InventoryEntity` in openapi.yaml. @public */
export type InventoryEntity = Schemas['InventoryEntity'];
/** See `ProblemPage` in openapi.yaml. @public */
export type ProblemPage = Schemas['ProblemPage'];
/** See `GroupRow` in openapi.yaml. @public */
export type GroupRow = Schemas['GroupRow'];
/** See `GroupList` in openapi.yaml. @public */
export type GroupList = Schemas['GroupList'];
/** See `GroupDetails` in openapi.yaml. @public */
export type GroupDetails = Schemas['GroupDetails'];
/** See `ResolvedValue` in openapi.yaml. @public */
export type ResolvedValue = Schemas['ResolvedValue'];
/** See `PlacementState` in openapi.yaml. @public */
export type PlacementState = Schemas['PlacementState'];
/** See `ClusterPlacement` in openapi.yaml. @public */
export type ClusterPlacement = Schemas['ClusterPlacement'];
/** See `ClusterPlacements` in openapi.yaml. @public */
export type ClusterPlacements = Schemas['ClusterPlacements'];
/** See `ApplicationReach` in openapi.yaml. @public */
export type ApplicationReach = Schemas['ApplicationReach'];
/** See `ApplicationList` in openapi.yaml. @public */
export type ApplicationList = Schemas['ApplicationList'];
/** See `ApplicationPlacementPage` in openapi.yaml. @public */
export type ApplicationPlacementPage = Schemas['ApplicationPlacementPage'];
/** See `GroupCount` in openapi.yaml. @public */
export type GroupCount = Schemas['GroupCount'];
/** See `NamespaceReach` in openapi.yaml. @public */
export type NamespaceReach = Schemas['NamespaceReach'];
/** See `ExplanationStep` in openapi.yaml. @public */
export type ExplanationStep = Schemas['ExplanationStep'];
/** See `Explanation` in openapi.yaml. @public */
export type Explanation = Schemas['Explanation'];
/** See `SelectorPreview` in openapi.yaml. @public */
export type SelectorPreview = Schemas['SelectorPreview'];
/** See `PlanEffect` in openapi.yaml. @public */
export type PlanEffect = Schemas['PlanEffect'];
/** See `ClusterSet` in openapi.yaml. @public */
export type ClusterSet = Schemas['ClusterSet'];
/** See `PlanSummary` in openapi.yaml. @public */
export type PlanSummary = Schemas['PlanSummary'];
/** See `Plan` in openapi.yaml. @public */
export type Plan = Schemas['Plan'];
/** See `PlanPage` in openapi.yaml. @public */
export type PlanPage = Schemas['PlanPage'];
/** See `ChangeRequestState` in openapi.yaml. @public */
export type ChangeRequestState = Schemas['ChangeRequestState'];
/** See `ChangeRequest` in openapi.yaml. @public */
export type ChangeRequest = Schemas['ChangeRequest'];
/** See `ChangeRequestPage` in openapi.yaml. @public */
export type ChangeRequestPage = Schemas['ChangeRequestPage'];
/** See `ChangeRequestDetails` in openapi.yaml. @public */
export type ChangeRequestDetails = Schemas['ChangeRequestDetails'];
/** See `FileDiff` in openapi.yaml. @public */
export type FileDiff = Schemas['FileDiff'];
