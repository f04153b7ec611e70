import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  GateMeasurement,
  RolloutGate,
} from '@res-edge/backstage-plugin-res-edge-common';

/** A gate that is read now, of a ring that is under way. @public */
export interface GateRequest {
  /** As the policy has it; its fields are valid for its type. */
  readonly gate: RolloutGate;
  /** The id of the rollout. */
  readonly rollout: string;
  readonly application: string;
  readonly version: string;
  /** Digest of the release. */
  readonly release: string;
  readonly ring: string;
  /** Names of the clusters of the ring on which the application is placed. */
  readonly clusters: readonly string[];
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** Reads the gates of one type. @public */
export interface RolloutGateReader {
  /** Unique, such as `datadog`; what a policy names as `type`. */
  readonly type: string;

  /**
   * How a gate stands. It is asked once in a while, on one replica, and nothing waits for it but the ring; what takes too long,
   * or throws, is no data, and what is thrown is shown to people: it must have no secret in it.
   */
  read(request: GateRequest): Promise<GateMeasurement>;
}

/** Where backend modules add types of health gates of rollouts. @public */
export interface RolloutGatesExtensionPoint {
  /** @throws where the type is taken */
  addGate(reader: RolloutGateReader): void;
}

/** @public */
export const rolloutGatesExtensionPoint =
  createExtensionPoint<RolloutGatesExtensionPoint>({
    id: 'res-edge.rollout-gates',
  });
