import { Snapshot } from '../snapshot';
import { CEL_ERRORS, CEL_FLEET, CEL_TABLE } from '../__testUtils__/celTable';
import { failure } from '../__testUtils__/failure';
import { CelEvaluator } from './celEvaluate';
import { compileSelector } from './compileSelector';
import { parseCel } from './parseCel';

const snapshot = Snapshot.create(CEL_FLEET);
const letters = (numbers: Iterable<number>) =>
  Array.from(
    numbers,
    number => snapshot.clusters[number].metadata.name[0],
  ).join('');

describe('CEL', () => {
  it('has a fleet without problems', () => {
    expect(snapshot.problems).toEqual([]);
  });

  it.each(CEL_TABLE)('compiled: %s', (expression, expected) => {
    expect(letters(compileSelector(snapshot, { expression }).clusters)).toBe(
      expected,
    );
  });

  it.each(CEL_TABLE)('plain: %s', (text, expected) => {
    const { expression } = parseCel(text);
    const evaluator = new CelEvaluator(snapshot, undefined);
    expect(
      letters([0, 1, 2].filter(number => evaluator.holds(expression, number))),
    ).toBe(expected);
  });

  it.each(CEL_ERRORS)('refuses %s', (expression, message, position) => {
    expect(failure(() => compileSelector(snapshot, expression))).toMatchObject({
      message: expect.stringMatching(message),
      position,
    });
    expect(
      failure(() => compileSelector(snapshot, { expression })),
    ).toMatchObject({ position, field: 'expression' });
  });

  it('says what it depends on', () => {
    const keys = (expression: string) =>
      compileSelector(snapshot, expression).keys;
    expect(
      keys('cluster.labels.size == "x" && cluster.attributes.lanes > 1'),
    ).toEqual(['attributes.lanes', 'labels.size']);
    expect(keys('cluster.inGroup("geo") || cluster.state == "active"')).toEqual(
      ['groups', 'state'],
    );
    expect(keys('cluster.capacity.cpu > 1.0')).toEqual(['capacity.cpu']);
    expect(keys('cluster.labels.exists(k, k == "x")')).toEqual(['*']);
    expect(keys('cluster.labels.all(k, true) && true')).toEqual(['*']);
    expect(keys('"size" in cluster.labels')).toEqual(['labels.size']);
  });

  it.each([
    ['10,000 terms', Array(10_000).fill('cluster.name == "x"').join(' || ')],
    ['10,000 short terms', Array(5_000).fill('true').join('||')],
    ['deep parentheses', `${'('.repeat(5_000)}true${')'.repeat(5_000)}`],
    ['many negations', `${'!'.repeat(20_000)}true`],
    ['deep lists', `${'['.repeat(5_000)}1${']'.repeat(5_000)} == 1`],
    ['a long sum', `${Array(5_000).fill('1').join('+')} == 5000`],
    ['loops in loops', loops(12)],
  ])('survives %s', (_, expression) => {
    let outcome = 'compiled';
    try {
      compileSelector(snapshot, expression);
    } catch (error) {
      outcome = `${(error as Error).name}: ${(error as Error).message}`;
    }
    expect(outcome).toMatch(
      /^compiled$|^InputError: .*(at most|nested too deeply|takes more than)/,
    );
  });

  it('stops loops in loops', () => {
    expect(() => compileSelector(snapshot, loops(12))).toThrow(
      /takes more than \d+ steps/,
    );
  });
});

function loops(depth: number): string {
  const list = '[1,2,3,4,5,6,7,8,9,10]';
  return Array.from({ length: depth }).reduce<string>(
    (inner, __, i) => `${list}.all(v${i}, ${inner})`,
    'true',
  );
}
