import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { ReportedCondition } from '@res-edge/backstage-plugin-res-edge-engine';
import { objectField, optionalText, text, timeField } from './fields';
import { StatusReport } from './StatusReport';

const CONDITIONS: readonly string[] = [
  'healthy',
  'progressing',
  'failed',
  'removed',
] satisfies ReportedCondition[];
const MAX_REVISION = 100;
const MAX_NAME = 253;

/**
 * A report that comes by the API or from a source: checked here, because lines are not checked by the document.
 *
 * @param place - where it stands, for errors
 * @throws InputError that names the field
 * @internal
 */
export function toStatusReport(value: JsonValue, place: string): StatusReport {
  const report = objectField({ [place]: value }, place);
  const named = (field: string, max: number) => {
    const found = text(report, field, `${place}.${field}`);
    if (found.length > max) {
      throw new InputError(
        `${place}.${field}: has ${found.length} characters; at most ${max} are allowed`,
      );
    }
    return found;
  };
  const cluster = named('cluster', MAX_NAME);
  const at = report.at === undefined ? undefined : timeField(report, 'at');
  if (report.application === undefined) return { cluster, at };
  const condition = named('condition', MAX_REVISION);
  if (!CONDITIONS.includes(condition)) {
    throw new InputError(
      `${place}.condition: '${condition}' is unknown; allowed are ${CONDITIONS.join(
        ', ',
      )}`,
    );
  }
  return {
    cluster,
    at,
    about: {
      application: named('application', MAX_NAME),
      revision: named('revision', MAX_REVISION),
      condition: condition as ReportedCondition,
      message: optionalText(report, 'message', `${place}.message`),
    },
  };
}
