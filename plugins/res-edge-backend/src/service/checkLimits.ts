import { InputError } from '@backstage/errors';
import { Limits } from '../readOptions';
import { toPointer } from '../util/fieldPointer';

const DEFAULT_PAGE = 50;

/** What requests may ask for that answers grow by. */
interface Sizes {
  readonly query: { readonly limit?: number; readonly expand?: string };
  readonly body: unknown;
  /** All of a list at once, made as fast as it is taken. */
  readonly asLines: boolean;
}

/**
 * Refuses requests that ask for more than is configured.
 *
 * @throws InputError with the place
 * @internal
 */
export function checkLimits(
  { query, body, asLines }: Sizes,
  limits: Limits,
): void {
  checkDepth(body, limits.depth);
  const { limit = DEFAULT_PAGE, expand } = query;
  if (limit > limits.page) {
    throw tooLarge('query:limit', `at most ${limits.page} are allowed`);
  }
  if (expand !== undefined && !asLines && limit > limits.expand) {
    throw tooLarge(
      'query:limit',
      `at most ${limits.expand} are allowed together with 'expand'`,
    );
  }
  const sample = (body as { sample?: unknown } | undefined)?.sample;
  if (typeof sample === 'number' && sample > limits.page) {
    throw tooLarge('/sample', `at most ${limits.page} are allowed`);
  }
}

/** Values in one another; those who read them call themselves once for each. */
function checkDepth(value: unknown, depth: number): void {
  const path: string[] = [];
  const visit = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    if (path.length === depth) {
      throw tooLarge(
        toPointer(path),
        `values stand in one another more than ${depth} times`,
      );
    }
    for (const [key, item] of Object.entries(part)) {
      if (typeof item !== 'object') continue;
      path.push(key);
      visit(item);
      path.pop();
    }
  };
  visit(value);
}

function tooLarge(pointer: string, message: string): InputError {
  const place = pointer.replace(/^query:/, '');
  return Object.assign(new InputError(`${place}: ${message}`), {
    details: [{ pointer, message }],
  });
}
