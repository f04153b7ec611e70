import {
  EdgePolicyEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Decisions, FileMap } from '../../model';
import { DecisionReader } from './DecisionReader';

/**
 * Reads what main holds. What does not parse is a problem of its entity, which is left out; all others are read.
 *
 * @public
 */
export function readDecisions(main: FileMap): {
  decisions: Decisions;
  problems: Problem[];
} {
  const reader = new DecisionReader(main);
  const decisions: Decisions = {
    applications: reader.read(
      'EdgeApplication',
      /^apps\/([^/]+)\/application\.yaml$/,
      name => reader.application(name),
    ),
    namespaces: reader.read(
      'EdgeNamespace',
      /^namespaces\/([^/]+)\/namespace\.yaml$/,
      name => reader.namespace(name),
    ),
    groups: reader.read('EdgeGroup', /^groups\/([^/]+)\/group\.yaml$/, name =>
      reader.group(name),
    ),
    policies: reader.read('EdgePolicy', /^policies\/([^/]+)\.yaml$/, name =>
      reader.entity<EdgePolicyEntity>('EdgePolicy', name, {
        path: `policies/${name}.yaml`,
      }),
    ),
  };
  return { decisions, problems: reader.problems };
}
