import {
  ApprovalSpec,
  ApprovalSubject,
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Decisions } from '../model';
import { compareNames } from '../snapshot';

/** What somebody wants to change on main. @public */
export interface ApprovalQuestion {
  /** As main has it; undefined where it is new. */
  readonly before?: EdgeEntity;
  /** As it shall be; undefined where it goes. */
  readonly after?: EdgeEntity;
}

/** An approval policy, by its name. @public */
export interface NamedApproval {
  readonly name: string;
  readonly spec: ApprovalSpec;
}

/**
 * The approvals that a change of main needs, by name: those that its namespaces name or that hold for their environments, those
 * for its kind of policy, and, where an approval itself changes, that one as it is. What is asked for now counts as well as
 * what would be asked for afterwards, so that no change can free itself.
 *
 * @public
 */
export function requiredApprovals(
  decisions: Pick<Decisions, 'namespaces' | 'policies'>,
  question: ApprovalQuestion,
): NamedApproval[] {
  const both = [question.before, question.after].filter(
    (entity): entity is EdgeEntity => entity !== undefined,
  );
  const namespaces = both.flatMap(entity => namespacesOf(entity, decisions));
  const named = new Set(namespaces.flatMap(({ spec }) => spec.policies ?? []));
  const environments = new Set(namespaces.map(({ spec }) => spec.environment));
  const subjects = new Set(both.flatMap(subjectsOf));
  return approvalsOf(decisions).filter(
    ({ name, spec }) =>
      named.has(name) ||
      spec.environments?.some(environment => environments.has(environment)) ||
      spec.requiredFor?.some(subject => subjects.has(subject)) ||
      (question.before?.kind === 'EdgePolicy' &&
        question.before.metadata.name === name),
  );
}

/** The approvals that losses need before they are signed off. @public */
export function guardApprovals(
  decisions: Pick<Decisions, 'policies'>,
): NamedApproval[] {
  return approvalsOf(decisions).filter(({ spec }) =>
    spec.requiredFor?.includes('guards'),
  );
}

function approvalsOf({ policies }: Pick<Decisions, 'policies'>) {
  return [...policies]
    .filter(
      (entry): entry is [string, EdgePolicyEntity<ApprovalSpec>] =>
        entry[1].spec.type === 'approval',
    )
    .map(([name, { spec }]) => ({ name, spec }))
    .sort((a, b) => compareNames(a.name, b.name));
}

/** The namespaces that an entity is about. */
function namespacesOf(
  entity: EdgeEntity,
  { namespaces }: Pick<Decisions, 'namespaces'>,
): EdgeNamespaceEntity[] {
  if (entity.kind === 'EdgeNamespace') return [entity as EdgeNamespaceEntity];
  if (entity.kind !== 'EdgeApplication') return [];
  const { namespace } = (entity as EdgeApplicationEntity).spec;
  const decided =
    namespace === undefined ? undefined : namespaces.get(namespace);
  return decided ? [decided.entity] : [];
}

function subjectsOf(entity: EdgeEntity): ApprovalSubject[] {
  if (entity.kind !== 'EdgePolicy') return [];
  const { type } = (entity as EdgePolicyEntity).spec;
  if (type === 'override') return ['overrides'];
  return type === 'prohibition' ? ['prohibitions'] : [];
}
