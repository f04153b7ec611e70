import { JsonValue } from '@backstage/types';
import { ReportedCondition } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  listField,
  objectField,
  optionalText,
  text,
  timeField,
} from './fields';
import { OWN_BUILD, StatusReport } from './StatusReport';

const PATH = /^\.?\/?apps\/([^/]+)\/revisions\/([0-9a-f]+)(?:\/|$)/;
const ROOT_PATH = /^\.?\/?clusters\/([^/]+)\/?$/;
const APPLICATION = /^app-(.+)$/;

/**
 * What a notification of Argo CD says, by the template in docs/status.md; undefined where it is of no application of ours.
 *
 * @throws InputError that names the field
 * @internal
 */
export function readArgoNotification(
  cluster: string,
  body: JsonValue,
): StatusReport | undefined {
  const notification = objectField({ body }, 'body');
  const path = text(notification, 'path', 'path');
  const sync = text(notification, 'sync', 'sync');
  const at = timeField(notification, 'at');
  const about = (application: string, revision: string) => ({
    application,
    revision,
    condition: conditionOf(
      sync,
      text(notification, 'health', 'health'),
      optionalText(notification, 'phase', 'phase') ?? '',
    ),
    message: optionalText(notification, 'message', 'message'),
  });
  const [, application, digest] = PATH.exec(path) ?? [];
  if (application !== undefined)
    return { cluster, at, about: about(application, digest) };
  if (ROOT_PATH.exec(path)?.[1] !== cluster) return undefined;

  const revision = optionalText(notification, 'revision', 'revision');
  const resources = listField(notification, 'resources', 'resources');
  return {
    ...{ cluster, at },
    ...(revision && { about: about(OWN_BUILD, revision) }),
    // What was taken out of the bill is listed, and is not in sync, until all that it applied is gone.
    ...(resources && sync === 'Synced' && { present: namedIn(resources) }),
  };
}

/** The applications among the resources of the root Application. */
function namedIn(resources: readonly JsonValue[]): ReadonlySet<string> {
  const present = new Set<string>();
  for (const [index, resource] of resources.entries()) {
    const place = `resources[${index}]`;
    const named = objectField({ [place]: resource }, place);
    if (named.kind !== 'Application') continue;
    const name = text(named, 'name', `${place}.name`);
    const [, application] = APPLICATION.exec(name) ?? [];
    if (application !== undefined) present.add(application);
  }
  return present;
}

function conditionOf(
  sync: string,
  health: string,
  phase: string,
): ReportedCondition {
  if (health === 'Degraded' || phase === 'Failed' || phase === 'Error') {
    return 'failed';
  }
  return sync === 'Synced' && health === 'Healthy' ? 'healthy' : 'progressing';
}
