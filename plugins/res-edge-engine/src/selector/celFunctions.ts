import {
  CelScalar,
  CelType,
  CelValue,
  celEnv,
  celList,
  isCelError,
  isCelList,
  isCelUint,
  listType,
  mapType,
  parse,
  plan,
} from '@bufbuild/cel';

/** What a key that a cluster does not have is worth. @internal */
export const ABSENT = Symbol('absent');
/** What an expression gives. @internal */
export type CelOutcome = CelValue | typeof ABSENT;

const ENVIRONMENT = celEnv();
const TYPES: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ['bool', CelScalar.BOOL],
  ['int', CelScalar.INT],
  ['uint', CelScalar.UINT],
  ['double', CelScalar.DOUBLE],
  ['string', CelScalar.STRING],
  ['bytes', CelScalar.BYTES],
  ['null_type', CelScalar.NULL],
  ['list', listType(CelScalar.DYN)],
  ['map', mapType(CelScalar.STRING, CelScalar.DYN)],
]);
/** Functions that give a boolean: false on what is absent. */
const TESTS: ReadonlySet<string> = new Set([
  '_==_',
  '_<_',
  '_<=_',
  '_>_',
  '_>=_',
  '@in',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
]);
const TIME_FUNCTIONS = /^(duration|timestamp|string|int|get[A-Z])/;
const ARITHMETIC: ReadonlyMap<string, (a: number, b: number) => number> =
  new Map([
    ['_+_', (a, b) => a + b],
    ['_-_', (a, b) => a - b],
    ['_*_', (a, b) => a * b],
    ['_/_', (a, b) => a / b],
    ['_%_', (a, b) => a % b],
  ]);

/** @internal */
export function isTest(name: string): boolean {
  return TESTS.has(name);
}

/** Whether the language has a function, method or operator of this name. @internal */
export function hasFunction(name: string): boolean {
  return ENVIRONMENT.funcs.find(name) !== undefined;
}

/** @internal */
export function isTypeName(name: string): boolean {
  return TYPES.has(name);
}

/** @internal */
export function typeNamed(name: string): CelOutcome {
  return TYPES.get(name) ?? ABSENT;
}

/**
 * Calls a function of the language on values that are there.
 *
 * Facts are of type double, and people write whole numbers beside them: where CEL has no operator for
 * an int and a double, both count as double.
 *
 * @internal
 */
export function callFunction(
  name: string,
  target: CelValue | undefined,
  values: CelValue[],
  spend: (cost: number) => void,
): CelOutcome {
  const operator = ARITHMETIC.get(name);
  const [left, right] = values;
  if (
    operator &&
    values.length === 2 &&
    (typeof left === 'number' || typeof right === 'number')
  ) {
    const [a, b] = [toNumber(left), toNumber(right)];
    return a === undefined || b === undefined ? ABSENT : operator(a, b);
  }
  if (name === '_+_' && isCelList(left) && isCelList(right)) {
    spend(left.size + right.size);
    return celList([...left, ...right]);
  }
  const result = ENVIRONMENT.funcs.find(name)?.call(0, target, values);
  if (result === undefined) return ABSENT;
  if (!isCelError(result)) return result;
  return TIME_FUNCTIONS.test(name) ? callInPlan(name, target, values) : ABSENT;
}

/** Functions of time need the library's own evaluation around them; the others fail there as they did here. */
function callInPlan(
  name: string,
  target: CelValue | undefined,
  values: CelValue[],
): CelOutcome {
  const names = values.map((_, i) => `v${i}`);
  const text = `${target === undefined ? '' : 't.'}${name}(${names.join(
    ', ',
  )})`;
  try {
    const bindings: Record<string, CelValue> = {};
    names.forEach((variable, i) => {
      bindings[variable] = values[i];
    });
    if (target !== undefined) bindings.t = target;
    const result = plan(ENVIRONMENT, parse(text))(bindings);
    return isCelError(result) ? ABSENT : result;
  } catch {
    return ABSENT;
  }
}

function toNumber(value: CelValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return isCelUint(value) ? Number(value.value) : undefined;
}
