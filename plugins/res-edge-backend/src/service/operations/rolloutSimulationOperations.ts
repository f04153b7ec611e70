import { NotFoundError } from '@backstage/errors';
import {
  EdgeEntity,
  MutationInput,
  RolloutSimulation,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  describeSimulation,
  Snapshot,
  subjectContent,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ApplyResult } from '../../database';
import { Access, VisibleFleet } from '../../permissions';
import { AreaOperations, OperationOptions } from './Operations';
import { readTime } from './readTime';
import { toMutation } from './toMutation';

const WORDS = {
  EdgeApplication: 'application',
  EdgeNamespace: 'namespace',
  EdgeGroup: 'group',
};
const DAYS = 7;
const REPORT_AFTER_MINUTES = 10;

/** Rollouts as they would be, of applications and namespaces that the caller may see. @internal */
export function rolloutSimulationOperations({
  fleet,
  writer,
}: OperationOptions): AreaOperations<'simulateRollout'> {
  const foreseen = async (
    mutations: readonly MutationInput[],
    access: Access,
  ): Promise<ApplyResult['difference']> => {
    const { results, difference } = await writer.write(
      mutations.map(toMutation),
      { access, dryRun: true, anyOrigin: true },
    );
    const failed = results.find(({ error }) => error)?.error;
    if (failed) throw failed;
    return difference;
  };
  return {
    async simulateRollout({ body, access, http }) {
      const { application, version, mutations = [], assume = {} } = body;
      const visible = access.fleet();
      const { kind, name } = subjectContent(application) ?? {
        ...{ kind: 'EdgeApplication' as const, name: application },
      };
      if (!visible.sees(kind, name))
        throw new NotFoundError(`There is no ${WORDS[kind]} '${name}'`);
      const difference =
        mutations.length > 0 ? await foreseen(mutations, access) : undefined;
      const written = (difference?.written ?? []).map(({ entity }) => entity);
      const answer = await fleet.simulateRollout({
        ...{ application, version, difference },
        from: readTime('/from', body.from),
        days: body.days ?? DAYS,
        assume: {
          reportAfter: assume.reportAfter ?? REPORT_AFTER_MINUTES,
          failed: assume.failed ?? 0,
          unreachable: assume.unreachable,
          approveAfter: assume.approveAfter,
        },
        shown: visible.seesAll('EdgeCluster')
          ? undefined
          : snapshot => shownIn(snapshot, visible, written),
        signal: http?.signal,
      });
      return shown(describeSimulation(answer), visible);
    },
  };
}

/** What the caller sees of the fleet as it is, and what he writes himself. */
function shownIn(
  snapshot: Snapshot,
  { view, clusters }: VisibleFleet,
  written: readonly EdgeEntity[],
): Bitmap {
  if (snapshot === view.snapshot) return clusters;
  return snapshot.bitmapOf([
    ...view.snapshot.namesOf(clusters),
    ...written
      .filter(({ kind }) => kind === 'EdgeCluster')
      .map(({ metadata }) => metadata.name),
  ]);
}

/** With the texts that the caller may read. */
function shown(
  { moves, waitsFor, ...simulation }: RolloutSimulation,
  visible: VisibleFleet,
): RolloutSimulation {
  return {
    ...simulation,
    ...(waitsFor !== undefined && { waitsFor: visible.text(waitsFor) }),
    moves: moves.map(move => ({ ...move, cause: visible.text(move.cause) })),
  };
}
