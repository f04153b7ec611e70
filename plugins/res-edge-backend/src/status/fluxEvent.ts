import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import { ReportedCondition } from '@res-edge/backstage-plugin-res-edge-engine';
import { OWN_BUILD, StatusReport } from './StatusReport';
import { objectField, optionalText, text, timeField } from './fields';

const NAMESPACE = 'flux-system';
/** The root Kustomization, which builds the cluster's bill. */
const ROOT = 'res-edge';
const APPLICATION = /^app-(.+)$/;
/** `delivery/shard-001@sha1:0123…`; of OCI artifacts `tag@sha256:…`. */
const COMMIT = /(?:^|@)sha(?:1|256):([0-9a-f]{40,64})$/;
/** What Flux says of each object that it took away. */
const DELETED = / deleted$/;
/** Not of the application, and tried again in a minute. */
const TRANSIENT = new Set(['ArtifactFailed', 'DependencyNotReady']);

/** What an event of Flux's notification-controller says, or why it is of no concern. @internal */
export type ReadFluxEvent =
  | { readonly report: StatusReport }
  | { readonly ignored: string };

/** The cluster that an event names in its metadata, which its Alert adds. @internal */
export function clusterOfFluxEvent(body: JsonValue): string | undefined {
  const metadata = objectField(body, 'metadata', {});
  return optionalText(metadata, 'cluster', 'metadata.cluster');
}

/**
 * Reads an event. The Kustomization of an application carries the digest of its revision as an annotation that Flux adds to
 * each event: the commit alone would not do, because at a new commit it may reconcile once more what it was told before.
 *
 * @throws InputError that names the field
 * @internal
 */
export function readFluxEvent(cluster: string, body: JsonValue): ReadFluxEvent {
  const involved = objectField(body, 'involvedObject');
  const kind = text(involved, 'kind', 'involvedObject.kind');
  const name = text(involved, 'name', 'involvedObject.name');
  const namespace = text(involved, 'namespace', 'involvedObject.namespace');
  const event = body as JsonObject;
  const at = timeField(event, 'timestamp');
  const heard = { report: { cluster, at } };
  if (kind !== 'Kustomization' || namespace !== NAMESPACE) {
    return { ignored: `${kind} ${namespace}/${name}` };
  }
  const application = name === ROOT ? OWN_BUILD : APPLICATION.exec(name)?.[1];
  if (application === undefined) return heard;

  const metadata = objectField(event, 'metadata', {});
  const revision =
    application === OWN_BUILD
      ? COMMIT.exec(
          optionalText(metadata, 'revision', 'metadata.revision') ?? '',
        )?.[1]
      : optionalText(
          metadata,
          'res-edge-revision',
          'metadata.res-edge-revision',
        );
  // Before the first commit, or of a Kustomization that is not ours.
  if (revision === undefined) return heard;
  const message = optionalText(event, 'message', 'message') ?? '';
  const condition = conditionOf(event, metadata, message);
  return {
    report: {
      cluster,
      at,
      about: { application, revision, condition, message },
    },
  };
}

function conditionOf(
  event: JsonObject,
  metadata: JsonObject,
  message: string,
): ReportedCondition {
  const severity = text(event, 'severity', 'severity');
  if (!['info', 'error', 'trace'].includes(severity)) {
    throw new InputError(
      `severity: ${JSON.stringify(
        severity,
      )} is unknown; allowed are info, error and trace`,
    );
  }
  const reason = optionalText(event, 'reason', 'reason') ?? '';
  if (severity === 'error') {
    return TRANSIENT.has(reason) ? 'progressing' : 'failed';
  }
  // Sent when a reconciliation ended well, and for nothing else.
  if (metadata.commit_status === 'update') return 'healthy';
  const isRemoval =
    reason === 'ReconciliationSucceeded' &&
    message.split('\n').every(line => DELETED.test(line));
  return isRemoval ? 'removed' : 'progressing';
}
