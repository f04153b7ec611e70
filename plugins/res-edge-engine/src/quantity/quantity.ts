import { InputError } from '@backstage/errors';

/** Exponents of ten over the unit of the amounts, a billionth. */
const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', 0],
  ['u', 3],
  ['m', 6],
  ['', 9],
  ['k', 12],
  ['M', 15],
  ['G', 18],
  ['T', 21],
  ['P', 24],
  ['E', 27],
]);
const BINARY: ReadonlyMap<string, bigint> = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i) => [
    suffix,
    1024n ** BigInt(i + 1),
  ]),
);
const ONE = 1_000_000_000n;
const QUANTITY =
  /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|([a-zA-Z]{0,2}))$/;
/** Longer ones are no amounts of anything, and would cost time to compute with. */
const MAX_LENGTH = 64;

/**
 * Reads a Kubernetes quantity (`250m`, `64Gi`, `1.5`, `2e3`) as an exact number of billionths.
 *
 * Kubernetes keeps nothing finer than a billionth and rounds up; this refuses it, because no amount of
 * anything that a cluster has is that small.
 *
 * @public
 */
export function parseQuantity(value: string | number): bigint {
  const text = String(value);
  const match = text.length <= MAX_LENGTH ? QUANTITY.exec(text) : undefined;
  const [, sign = '', whole = '', fraction = '', exponent, suffix = ''] =
    match ?? [];
  if (!match || (whole === '' && fraction === '')) throw invalid(text);
  const digits = BigInt(whole + fraction);
  const binary = BINARY.get(suffix);
  let power =
    exponent === undefined ? DECIMAL.get(suffix) : 9 + Number(exponent);
  if (binary !== undefined) power = 9;
  if (power === undefined || power > 60 || power < -60) throw invalid(text);
  const scaled = digits * (binary ?? 1n);
  power -= fraction.length;
  const divisor = 10n ** BigInt(Math.max(0, -power));
  if (scaled % divisor !== 0n) {
    throw new InputError(
      `'${text}' is finer than a billionth, the least that a quantity can tell apart`,
    );
  }
  const amount = (scaled / divisor) * 10n ** BigInt(Math.max(0, power));
  if (sign === '-' && amount !== 0n) {
    throw new InputError(`'${text}' is negative; a quantity here cannot be`);
  }
  return amount;
}

/** Writes an amount of billionths as the shortest quantity that says exactly the same. @public */
export function formatQuantity(amount: bigint): string {
  if (amount === 0n) return '0';
  const candidates: string[] = [];
  for (const [suffix, factor] of BINARY) {
    if (amount % (factor * ONE) === 0n) {
      candidates.push(`${amount / (factor * ONE)}${suffix}`);
    }
  }
  for (const [suffix, power] of DECIMAL) {
    const factor = 10n ** BigInt(power);
    if (amount % factor === 0n) candidates.push(`${amount / factor}${suffix}`);
  }
  return candidates.reduce((best, next) =>
    next.length < best.length ? next : best,
  );
}

/** An amount of billionths as the nearest number; for showing and for CEL, never for deciding. @public */
export function quantityToNumber(amount: bigint): number {
  const whole = amount / ONE;
  const rest = amount % ONE;
  return rest === 0n
    ? Number(whole)
    : Number(`${whole}.${String(rest).padStart(9, '0')}`);
}

function invalid(text: string): InputError {
  const shown =
    text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return new InputError(
    `'${shown}' is no quantity; allowed are numbers with one of the suffixes n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent, such as 250m, 64Gi or 2e3`,
  );
}
