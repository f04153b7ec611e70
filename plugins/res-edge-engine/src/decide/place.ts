import { Bitmap } from '../bitmap';
import { Refusal } from '../model';
import { ApplicationRule, byApplication } from './ApplicationRule';
import { fromRows, wordsFor } from './BitMatrix';
import { decideClasses } from './decideClasses';
import { FitAnswer, FitSolver } from './FitSolver';
import { Limits } from './Limits';
import { pinnedRefusals } from './pinnedRefusals';
import { compareRefusals, isSameRefusal, RefusalIndex } from './RefusalIndex';

/** Where an application is placed, and why not elsewhere. @internal */
export interface Placement {
  readonly placed: Bitmap;
  readonly refusals: readonly Refusal[];
}

/** What was decided about a fleet, or a part of it. @internal */
export interface Placements {
  /** By application, those of its rules together. */
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
  rules: readonly ApplicationRule[],
  limits: Limits,
  baseline: (name: string) => Bitmap | undefined,
): Placements {
  const refusals = new RefusalIndex(size, rules, limits);
  const lost = pinnedRefusals(rules, baseline);
  const pinned: Bitmap[] = [];
  const candidates: Bitmap[] = [];
  for (const [index, rule] of rules.entries()) {
    const allowed = rule.targets.clone();
    for (const item of rule.prohibited) {
      allowed.andNot(item.clusters);
      refusals.addProhibited(index, item);
    }
    const stays = rule.pinned.clone().and(allowed);
    for (const { dependency, clusters } of lost.get(index) ?? []) {
      const taken = stays.clone().and(clusters);
      refusals.addClusters(index, { step: 'depend', dependency }, taken);
      stays.andNot(taken);
    }
    pinned.push(stays);
    candidates.push(allowed.andNot(rule.pinned));
  }

  const solver = new FitSolver(rules, limits);
  const { answers, classOf, tight } = decideClasses(
    size,
    solver,
    limits,
    { candidates, pinned },
    () => rules.map(({ name }) => baseline(name) ?? Bitmap.empty(size)),
  );
  refusals.addAnswers(answers, classOf);
  const placements = collect(size, rules, answers, classOf, refusals);
  const all = rules.map(({ application }, index) => ({ application, index }));
  return {
    placements: byApplication(all).map(group =>
      together(group.map(({ index }) => placements[index])),
    ),
    tight: Bitmap.of(size, tight),
  };
}

function collect(
  size: number,
  rules: readonly ApplicationRule[],
  answers: readonly FitAnswer[],
  classOf: Int32Array,
  refusals: RefusalIndex,
): Placement[] {
  const words = wordsFor(rules.length);
  const rows = new Uint32Array(answers.length * words);
  answers.forEach(({ placed }, index) => {
    for (const rule of placed)
      rows[index * words + (rule >>> 5)] |= 1 << (rule & 31);
  });
  const placed = rules.map(() => Bitmap.empty(size));
  fromRows(placed, rows, words, classOf);
  return rules.map((_, index) => ({
    placed: placed[index],
    refusals: refusals.of(index),
  }));
}

/** What the rules of one application come to; the sets of the first become those of all. */
function together([first, ...more]: readonly Placement[]): Placement {
  if (more.length === 0) return first;
  const refusals = [...first.refusals];
  for (const { placed, refusals: others } of more) {
    first.placed.or(placed);
    for (const refusal of others) {
      const known = refusals.find(isSameRefusal(refusal));
      if (known) known.clusters.or(refusal.clusters);
      else refusals.push(refusal);
    }
  }
  return { placed: first.placed, refusals: refusals.sort(compareRefusals) };
}
