import type { components } from '../generated/openapi';

type Schemas = components['schemas'];

// The API's types, by their names in the OpenAPI document, which documents each field.
/** See `ErrorBody` in the OpenAPI document. @public */
export type ErrorBody = Schemas['ErrorBody'];
/** See `ErrorDetails` in the OpenAPI document. @public */
export type ErrorDetails = Schemas['ErrorDetails'];
/** See `FleetSummary` in the OpenAPI document. @public */
export type FleetSummary = Schemas['FleetSummary'];
/** See `EntityRow` in the OpenAPI document. @public */
export type EntityRow = Schemas['EntityRow'];
/** See `EntityPage` in the OpenAPI document. @public */
export type EntityPage = Schemas['EntityPage'];
/** See `EntityCounts` in the OpenAPI document. @public */
export type EntityCounts = Schemas['EntityCounts'];
/** See `InventoryEntity` in the OpenAPI document. @public */
export type InventoryEntity = Schemas['InventoryEntity'];
/** See `ImportRequest` in the OpenAPI document. @public */
export type ImportRequest = Schemas['ImportRequest'];
/** See `ImportedRecord` in the OpenAPI document. @public */
export type ImportedRecord = Schemas['ImportedRecord'];
/** See `ImportReport` in the OpenAPI document. @public */
export type ImportReport = Schemas['ImportReport'];
/** See `InventoryRecord` in the OpenAPI document. @public */
export type InventoryRecord = Schemas['InventoryRecord'];
/** See `RecordPage` in the OpenAPI document. @public */
export type RecordPage = Schemas['RecordPage'];
/** See `EntityRecord` in the OpenAPI document. @public */
export type EntityRecord = Schemas['EntityRecord'];
/** See `EntityInput` in the OpenAPI document. @public */
export type EntityInput = Schemas['EntityInput'];
/** See `Mutation` in the OpenAPI document. @public */
export type MutationInput = Schemas['Mutation'];
/** See `MutationResult` in the OpenAPI document. @public */
export type MutationOutcome = Schemas['MutationResult'];
/** See `BatchSummary` in the OpenAPI document. @public */
export type BatchSummary = Schemas['BatchSummary'];
/** See `BatchResult` in the OpenAPI document. @public */
export type BatchResult = Schemas['BatchResult'];
/** See `AuditEntry` in the OpenAPI document. @public */
export type AuditEntry = Schemas['AuditEntry'];
/** See `AuditPage` in the OpenAPI document. @public */
export type AuditPage = Schemas['AuditPage'];
/** See `ChangePage` in the OpenAPI document. @public */
export type ChangePage = Schemas['ChangePage'];
/** See `WhatIf` in the OpenAPI document. @public */
export type WhatIf = Schemas['WhatIf'];
/** See `WriteEffect` in the OpenAPI document. @public */
export type WriteEffect = Schemas['WriteEffect'];
/** See `ProblemPage` in the OpenAPI document. @public */
export type ProblemPage = Schemas['ProblemPage'];
/** See `GroupRow` in the OpenAPI document. @public */
export type GroupRow = Schemas['GroupRow'];
/** See `GroupList` in the OpenAPI document. @public */
export type GroupList = Schemas['GroupList'];
/** See `GroupDetails` in the OpenAPI document. @public */
export type GroupDetails = Schemas['GroupDetails'];
/** See `ResolvedValue` in the OpenAPI document. @public */
export type ResolvedValue = Schemas['ResolvedValue'];
/** See `PlacementState` in the OpenAPI document. @public */
export type PlacementState = Schemas['PlacementState'];
/** See `ClusterPlacement` in the OpenAPI document. @public */
export type ClusterPlacement = Schemas['ClusterPlacement'];
/** See `ClusterPlacements` in the OpenAPI document. @public */
export type ClusterPlacements = Schemas['ClusterPlacements'];
/** See `BootstrapFile` in the OpenAPI document. @public */
export type BootstrapFile = Schemas['BootstrapFile'];
/** See `ClusterBootstrap` in the OpenAPI document. @public */
export type ClusterBootstrap = Schemas['ClusterBootstrap'];
/** See `ApplicationReach` in the OpenAPI document. @public */
export type ApplicationReach = Schemas['ApplicationReach'];
/** See `ApplicationList` in the OpenAPI document. @public */
export type ApplicationList = Schemas['ApplicationList'];
/** See `ApplicationPlacementPage` in the OpenAPI document. @public */
export type ApplicationPlacementPage = Schemas['ApplicationPlacementPage'];
/** See `GroupCount` in the OpenAPI document. @public */
export type GroupCount = Schemas['GroupCount'];
/** See `NamespaceReach` in the OpenAPI document. @public */
export type NamespaceReach = Schemas['NamespaceReach'];
/** See `ExplanationStep` in the OpenAPI document. @public */
export type ExplanationStep = Schemas['ExplanationStep'];
/** See `HeldChange` in the OpenAPI document. @public */
export type HeldChange = Schemas['HeldChange'];
/** See `Explanation` in the OpenAPI document. @public */
export type Explanation = Schemas['Explanation'];
/** See `SelectorPreview` in the OpenAPI document. @public */
export type SelectorPreview = Schemas['SelectorPreview'];
/** See `StoredSource` in the OpenAPI document. @public */
export type StoredSource = Schemas['StoredSource'];
/** See `PlanEffect` in the OpenAPI document. @public */
export type PlanEffect = Schemas['PlanEffect'];
/** See `ClusterSet` in the OpenAPI document. @public */
export type ClusterSet = Schemas['ClusterSet'];
/** See `PlanSummary` in the OpenAPI document. @public */
export type PlanSummary = Schemas['PlanSummary'];
/** See `Plan` in the OpenAPI document. @public */
export type Plan = Schemas['Plan'];
/** See `PlanPage` in the OpenAPI document. @public */
export type PlanPage = Schemas['PlanPage'];
/** See `ChangeRequestState` in the OpenAPI document. @public */
export type ChangeRequestState = Schemas['ChangeRequestState'];
/** See `ChangeRequest` in the OpenAPI document. @public */
export type ChangeRequest = Schemas['ChangeRequest'];
/** See `ChangeRequestPage` in the OpenAPI document. @public */
export type ChangeRequestPage = Schemas['ChangeRequestPage'];
/** See `ChangeRequestDetails` in the OpenAPI document. @public */
export type ChangeRequestDetails = Schemas['ChangeRequestDetails'];
/** See `PullRequest` in the OpenAPI document. @public */
export type PullRequest = Schemas['PullRequest'];

/** See `FileDiff` in the OpenAPI document. @public */
export type FileDiff = Schemas['FileDiff'];
/** See `DecidedKind` in the OpenAPI document. @public */
export type DecidedKind = Schemas['DecidedKind'];
/** See `Drift` in the OpenAPI document. @public */
export type Drift = Schemas['Drift'];
/** See `DriftList` in the OpenAPI document. @public */
export type DriftList = Schemas['DriftList'];
/** See `DriftDetails` in the OpenAPI document. @public */
export type DriftDetails = Schemas['DriftDetails'];
/** How an approval of one decision stands. @public */
export type Approval = Schemas['Approval'];

/** What approvals ask the caller about. @public */
export type ApprovalInbox = Schemas['ApprovalInbox'];

/** See `Guard` in the OpenAPI document. @public */
export type Guard = Schemas['Guard'];
/** See `GuardList` in the OpenAPI document. @public */
export type GuardList = Schemas['GuardList'];
/** See `Rollout` in the OpenAPI document. @public */
export type Rollout = Schemas['Rollout'];
/** See `RolloutHistory` in the OpenAPI document. @public */
export type RolloutHistory = Schemas['RolloutHistory'];
/** See `PastRollout` in the OpenAPI document. @public */
export type PastRollout = Schemas['PastRollout'];
/** See `RolloutGateState` in the OpenAPI document. @public */
export type RolloutGateState = Schemas['RolloutGateState'];
/** See `RolloutDetails` in the OpenAPI document. @public */
export type RolloutDetails = Schemas['RolloutDetails'];
/** See `RolloutCommand` in the OpenAPI document. @public */
export type RolloutCommand = Schemas['RolloutCommand'];
/** See `RolloutPhase` in the OpenAPI document. @public */
export type RolloutPhase = Schemas['RolloutPhase'];
/** See `RingPhase` in the OpenAPI document. @public */
export type RingPhase = Schemas['RingPhase'];
/** See `RolloutRingState` in the OpenAPI document. @public */
export type RolloutRingState = Schemas['RolloutRingState'];
/** See `RingProgress` in the OpenAPI document. @public */
export type RingProgress = Schemas['RingProgress'];
/** See `RolloutMove` in the OpenAPI document. @public */
export type RolloutMove = Schemas['RolloutMove'];
/** See `PolicyCalendar` in the OpenAPI document. @public */
export type PolicyCalendar = Schemas['PolicyCalendar'];
/** See `CalendarPeriod` in the OpenAPI document. @public */
export type CalendarPeriod = Schemas['CalendarPeriod'];
/** See `CalendarWindow` in the OpenAPI document. @public */
export type CalendarWindow = Schemas['CalendarWindow'];
/** See `ChangeEta` in the OpenAPI document. @public */
export type ChangeEta = Schemas['ChangeEta'];
/** See `RolloutEta` in the OpenAPI document. @public */
export type RolloutEta = Schemas['RolloutEta'];
/** See `RolloutSimulation` in the OpenAPI document. @public */
export type RolloutSimulation = Schemas['RolloutSimulation'];
/** See `SimulatedHour` in the OpenAPI document. @public */
export type SimulatedHour = Schemas['SimulatedHour'];
/** See `PolicyType` in the OpenAPI document. @public */
export type PolicyType = Schemas['PolicyType'];
/** See `PolicyPhase` in the OpenAPI document. @public */
export type PolicyPhase = Schemas['PolicyPhase'];
/** See `TimeRange` in the OpenAPI document. @public */
export type TimeRange = Schemas['TimeRange'];
/** See `PolicyRow` in the OpenAPI document. @public */
export type PolicyRow = Schemas['PolicyRow'];
/** See `PolicyList` in the OpenAPI document. @public */
export type PolicyList = Schemas['PolicyList'];
/** See `ReportedCondition` in the OpenAPI document. @public */
export type ReportedCondition = Schemas['ReportedCondition'];
/** See `ClusterFreshness` in the OpenAPI document. @public */
export type ClusterFreshness = Schemas['ClusterFreshness'];
/** See `ApplicationState` in the OpenAPI document. @public */
export type ReportedState = Schemas['ApplicationState'];
/** See `StatusReport` in the OpenAPI document. @public */
export type StatusReportInput = Schemas['StatusReport'];
/** See `StatusOutcome` in the OpenAPI document. @public */
export type StatusOutcome = Schemas['StatusOutcome'];
/** See `StatusReportSummary` in the OpenAPI document. @public */
export type StatusReportSummary = Schemas['StatusReportSummary'];
/** See `ApplicationReport` in the OpenAPI document. @public */
export type ReportedApplication = Schemas['ApplicationReport'];
/** See `StateCounts` in the OpenAPI document. @public */
export type StateCounts = Schemas['StateCounts'];
/** See `FleetStatus` in the OpenAPI document. @public */
export type FleetStatusSummary = Schemas['FleetStatus'];
/** See `ClusterStatus` in the OpenAPI document. @public */
export type ClusterStatus = Schemas['ClusterStatus'];
/** See `ApplicationStatusPage` in the OpenAPI document. @public */
export type ApplicationStatusPage = Schemas['ApplicationStatusPage'];
