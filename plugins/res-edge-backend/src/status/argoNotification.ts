import { JsonValue } from '@backstage/types';
import { ReportedCondition } from '@res-edge/backstage-plugin-res-edge-engine';
import { objectField, optionalText, text, timeField } from './fields';
import { StatusReport } from './StatusReport';

const PATH = /^\.?\/?apps\/([^/]+)\/revisions\/([0-9a-f]+)(?:\/|$)/;

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
  const [, application, revision] = PATH.exec(path) ?? [];
  if (application === undefined) return undefined;
  return {
    cluster,
    at: timeField(notification, 'at'),
    about: {
      application,
      revision,
      condition: conditionOf(
        text(notification, 'sync', 'sync'),
        text(notification, 'health', 'health'),
        optionalText(notification, 'phase', 'phase') ?? '',
      ),
      message: optionalText(notification, 'message', 'message'),
    },
  };
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
