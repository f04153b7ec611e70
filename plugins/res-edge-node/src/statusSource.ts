import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  StatusOutcome,
  StatusReportInput,
} from '@res-edge/backstage-plugin-res-edge-common';

/** Takes in what a source knows; tells what became of each report, in their order. @public */
export type ReceiveStatus = (
  reports: readonly StatusReportInput[],
) => StatusOutcome[];

/** Knows how applications are on clusters, beside the webhooks for Flux and Argo CD; a monitoring system, for one. @public */
export interface StatusSource {
  /** Unique, such as `datadog`. */
  getSourceName(): string;

  /**
   * Begins to report, when the backend starts; on each replica, so that a source that asks for what it knows does it on one of them
   * alone (by a task of scope `global`).
   */
  connect(receive: ReceiveStatus): Promise<void>;
}

/** Where backend modules add sources of status. @public */
export interface StatusSourceExtensionPoint {
  /** @throws where the name is taken */
  addSource(source: StatusSource): void;
}

/** @public */
export const statusSourceExtensionPoint =
  createExtensionPoint<StatusSourceExtensionPoint>({
    id: 'res-edge.status-source',
  });
