import { Bitmap } from '../bitmap';
import { RowClasses, classify, toRows, wordsFor } from './BitMatrix';
import { FitAnswer, FitQuestion, FitSolver } from './FitSolver';
import { Limits } from './Limits';

/** One answer for each class of clusters that are alike. @internal */
export interface DecidedClasses {
  readonly answers: readonly FitAnswer[];
  /** The class of each cluster. */
  readonly classOf: Int32Array;
  /** The clusters on which not all fits. */
  readonly tight: readonly number[];
}

/** By application. */
interface Sets {
  readonly candidates: readonly Bitmap[];
  readonly pinned: readonly Bitmap[];
}

const NOTHING: FitAnswer = { placed: [], refused: [] };

/**
 * Decides each class of clusters with the same candidates, pins and capacity once. Only where not all fits it matters
 * what runs there already: these classes are divided by that, and decided in order.
 *
 * @internal
 */
export function decideClasses(
  size: number,
  solver: FitSolver,
  limits: Limits,
  sets: Sets,
  baseline: () => readonly Bitmap[],
): DecidedClasses {
  const words = wordsFor(sets.candidates.length);
  const width = 2 * words + 1;
  const rows = new Uint32Array(size * width);
  toRows(sets.candidates, rows, width, 0);
  toRows(sets.pinned, rows, width, words);
  for (let cluster = 0; cluster < size; cluster++) {
    rows[cluster * width + 2 * words] = limits.capacityOf[cluster];
  }
  const { classOf, representatives } = classify(rows, width, size);
  const tight = new Map<number, FitQuestion>();
  const answers = representatives.map((cluster, index) => {
    const question: FitQuestion = {
      candidates: bitsOf(rows, cluster * width, words),
      pinned: bitsOf(rows, cluster * width + words, words),
      capacity: rows[cluster * width + 2 * words],
    };
    if (solver.fitsAll(question)) return solver.dependOnly(question);
    tight.set(index, question);
    return NOTHING;
  });
  if (tight.size === 0) return { answers, classOf, tight: [] };

  const clusters: number[] = [];
  classOf.forEach((index, cluster) => {
    if (tight.has(index)) clusters.push(cluster);
  });
  const { keys, classes } = divide(
    size,
    clusters,
    classOf,
    rows,
    words,
    baseline(),
  );
  const first = answers.length;
  for (const row of classes.representatives) {
    const start = row * (words + 1);
    const question = tight.get(keys[start + words])!;
    answers.push(solver.inOrder(question, bitsOf(keys, start, words)));
  }
  clusters.forEach((cluster, row) => {
    classOf[cluster] = first + classes.classOf[row];
  });
  return { answers, classOf, tight: clusters };
}

/** Classes of these clusters by their class until now and by which of their candidates run there. */
function divide(
  size: number,
  clusters: readonly number[],
  classOf: Int32Array,
  rows: Uint32Array,
  words: number,
  baseline: readonly Bitmap[],
): { keys: Uint32Array; classes: RowClasses } {
  const had = new Uint32Array(size * words);
  toRows(baseline, had, words, 0);
  const keys = new Uint32Array(clusters.length * (words + 1));
  clusters.forEach((cluster, row) => {
    const start = row * (words + 1);
    for (let word = 0; word < words; word++) {
      keys[start + word] =
        had[cluster * words + word] & rows[cluster * (2 * words + 1) + word];
    }
    keys[start + words] = classOf[cluster];
  });
  return { keys, classes: classify(keys, words + 1, clusters.length) };
}

function bitsOf(rows: Uint32Array, start: number, words: number): number[] {
  const bits: number[] = [];
  for (let i = 0; i < words; i++) {
    let word = rows[start + i];
    while (word !== 0) {
      bits.push(i * 32 + 31 - Math.clz32(word & -word));
      word &= word - 1;
    }
  }
  return bits;
}
