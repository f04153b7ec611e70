/** What kustomize-controller sends to notification-controller, and that to a generic provider. @public */
export interface FluxEvent {
  readonly involvedObject: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly severity: 'info' | 'error';
  readonly timestamp: string;
  readonly message: string;
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly reportingController: string;
}

type Outcome = 'healthy' | 'progressing' | 'failed' | 'removed';

const TEXTS: Readonly<
  Record<Outcome, Pick<FluxEvent, 'severity' | 'reason' | 'message'>>
> = {
  healthy: {
    severity: 'info',
    reason: 'ReconciliationSucceeded',
    message: 'Reconciliation finished in 1.2s, next run in 10m0s',
  },
  progressing: {
    severity: 'info',
    reason: 'Progressing',
    message: 'Deployment/simulated configured',
  },
  failed: { severity: 'error', reason: 'HealthCheckFailed', message: '' },
  removed: {
    severity: 'info',
    reason: 'ReconciliationSucceeded',
    message: 'Deployment/simulated deleted',
  },
};

/** An event of a Kustomization. @internal */
export function fluxEvent(options: {
  cluster: string;
  name: string;
  commit: string;
  /** What the annotation of the Kustomization says. */
  revision?: string;
  outcome: Outcome;
  message?: string;
  at: Date;
}): FluxEvent {
  const { cluster, name, commit, revision, outcome, message, at } = options;
  return {
    involvedObject: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name,
    },
    ...TEXTS[outcome],
    ...(message !== undefined && { message }),
    timestamp: `${at.toISOString().slice(0, 19)}Z`,
    metadata: {
      cluster,
      revision: commit,
      ...(revision !== undefined && { 'res-edge-revision': revision }),
      ...(outcome === 'healthy' && { commit_status: 'update' }),
    },
    reportingController: 'kustomize-controller',
  };
}
