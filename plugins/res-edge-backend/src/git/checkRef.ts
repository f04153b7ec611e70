import { InputError } from '@backstage/errors';

const COMMIT = /^[0-9a-f]{40}$/;
const SEGMENT = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const MAX_LENGTH = 200;

/**
 * True for a full commit hash, the only form in which commits are named here.
 *
 * @internal
 */
export function isCommit(value: string): boolean {
  return COMMIT.test(value);
}

/**
 * Hands back a full commit hash.
 *
 * @throws InputError for anything else
 * @internal
 */
export function checkCommit(commit: string): string {
  if (!isCommit(commit)) {
    throw new InputError(
      `${shown(commit)} is no commit: 40 lower case hexadecimal digits are`,
    );
  }
  return commit;
}

/**
 * Hands back the full name of a branch's ref. Stricter than git: a name can be no option, no range, no path out of
 * `refs/heads/`, no file that git itself uses, and cannot be mistaken for a commit.
 *
 * @throws InputError for any name that is not allowed
 * @internal
 */
export function branchRef(branch: string): string {
  return `refs/heads/${checkName(branch)}`;
}

/**
 * Hands back the full name of the ref that keeps an archived history; its name follows the rules of branches.
 *
 * @throws InputError for any name that is not allowed
 * @internal
 */
export function archiveRef(name: string): string {
  return `refs/archive/${checkName(name)}`;
}

function checkName(branch: string): string {
  const allowed =
    branch.length <= MAX_LENGTH &&
    branch !== 'HEAD' &&
    !isCommit(branch) &&
    branch
      .split('/')
      .every(
        segment =>
          SEGMENT.test(segment) &&
          !segment.includes('..') &&
          !segment.toLowerCase().endsWith('.lock'),
      );
  if (!allowed) {
    throw new InputError(
      `${shown(branch)} is no branch name: allowed are at most ${MAX_LENGTH} ` +
        `letters, digits and . _ - in parts separated by /, each part beginning with a letter or digit, ` +
        `without '..' and not ending in '.' or '.lock'`,
    );
  }
  return branch;
}

function shown(value: string): string {
  return JSON.stringify(value.slice(0, MAX_LENGTH));
}
