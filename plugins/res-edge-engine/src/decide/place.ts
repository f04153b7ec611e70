import { Bitmap } from '../bitmap';
import { Refusal } from '../model';
import { ApplicationRule } from './ApplicationRule';
import { fromRows, wordsFor } from './BitMatrix';
import { decideClasses } from './decideClasses';
import { FitAnswer, FitSolver } from './FitSolver';
import { Limits } from './Limits';
import { pinnedRefusals } from './pinnedRefusals';
import { RefusalIndex } from './RefusalIndex';

/** Where an application is placed, and why not elsewhere. @internal */
export interface Placement {
  readonly placed: Bitmap;
  readonly refusals: readonly Refusal[];
}

/** What was decided about a fleet, or a part of it. @internal */
export interface Placements {
  /** By application. */
  readonly placements: readonly Placement[];
  /** The clusters on which not all fits: only there priorities matter. */
  readonly tight: Bitmap;
}

/**
 * Steps 2 and 3 for the whole fleet.
 *
 * Clusters with the same candidates, pins and bounds are decided once. Only where not all fits does it matter what runs
 * already, and such classes are divided by that.
 *
 * @internal
 */
export function place(
  size: number,
  applications: readonly ApplicationRule[],
  limits: Limits,
  baseline: (name: string) => Bitmap | undefined,
): Placements {
  const refusals = new RefusalIndex(size, applications, limits);
  const lost = pinnedRefusals(applications, baseline);
  const pinned: Bitmap[] = [];
  const candidates: Bitmap[] = [];
  for (const rule of applications) {
    const allowed = rule.targets.clone();
    for (const item of rule.prohibited) {
      allowed.andNot(item.clusters);
      refusals.addProhibited(rule, item);
    }
    const stays = rule.pinned.clone().and(allowed);
    for (const { dependency, clusters } of lost.get(rule.index) ?? []) {
      const taken = stays.clone().and(clusters);
      refusals.addClusters(rule.index, { step: 'depend', dependency }, taken);
      stays.andNot(taken);
    }
    pinned.push(stays);
    candidates.push(allowed.andNot(rule.pinned));
  }

  const solver = new FitSolver(applications, limits);
  const { answers, classOf, tight } = decideClasses(
    size,
    solver,
    limits,
    { candidates, pinned },
    () => applications.map(({ name }) => baseline(name) ?? Bitmap.empty(size)),
  );
  refusals.addAnswers(answers, classOf);
  return {
    placements: collect(size, applications, answers, classOf, refusals),
    tight: Bitmap.of(size, tight),
  };
}

function collect(
  size: number,
  applications: readonly ApplicationRule[],
  answers: readonly FitAnswer[],
  classOf: Int32Array,
  refusals: RefusalIndex,
): Placement[] {
  const words = wordsFor(applications.length);
  const rows = new Uint32Array(answers.length * words);
  answers.forEach(({ placed }, index) => {
    for (const application of placed)
      rows[index * words + (application >>> 5)] |= 1 << (application & 31);
  });
  const placed = applications.map(() => Bitmap.empty(size));
  fromRows(placed, rows, words, classOf);
  return applications.map(({ index }) => ({
    placed: placed[index],
    refusals: refusals.of(index),
  }));
}
