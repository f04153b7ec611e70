import { InputError } from '@backstage/errors';

/**
 * The trailers of Res-Edge's commits.
 *
 * @internal
 */
export const TRAILERS = {
  intent: 'Intent',
  plan: 'Plan',
  requestedBy: 'Requested-by',
  approvedBy: 'Approved-by',
  /** Why something was merged without the approvals that it needed. */
  breakGlass: 'Break-glass',
  /** A commit of somebody else that brought a change request: squashed or rebased. */
  merged: 'Merged',
  /** A commit of somebody else that is taken over. */
  adopted: 'Adopted',
  /** A commit of somebody else that is taken back. */
  discarded: 'Discarded',
} as const;

/**
 * The parts of a commit message.
 *
 * @internal
 */
export interface CommitMessageParts {
  /** One line. */
  readonly subject: string;
  readonly body?: string;
  /** Values by trailer, in this order; a list gives one line each, what is undefined or empty is left out. */
  readonly trailers?: Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
}

const TRAILER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const MAX_VALUE_LENGTH = 1000;

/**
 * Writes a commit message with trailers. No text given can become another trailer: values stay on one line, and lines
 * of the body that look like one of our trailers are indented.
 *
 * @throws InputError where the subject is empty or the name of a trailer is not allowed
 * @internal
 */
export function commitMessage(parts: CommitMessageParts): string {
  const subject = oneLine(parts.subject);
  if (subject === '') {
    throw new InputError('A commit message needs a subject');
  }
  const trailers = Object.entries(parts.trailers ?? {});
  const names = new Set(
    [...Object.values(TRAILERS), ...trailers.map(([name]) => name)].map(name =>
      name.toLowerCase(),
    ),
  );
  const body = (parts.body ?? '')
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(line => {
      const name = /^([A-Za-z0-9-]+)[ \t]*:/.exec(line)?.[1];
      return name && names.has(name.toLowerCase()) ? ` ${line}` : line;
    })
    .join('\n')
    .trimEnd();
  const lines = trailers.flatMap(([name, values]) => {
    if (!TRAILER_NAME.test(name)) {
      throw new InputError(
        `${JSON.stringify(
          name,
        )} is no name of a trailer: letters, digits and - are allowed`,
      );
    }
    return [values ?? []]
      .flat()
      .map(value => oneLine(value).slice(0, MAX_VALUE_LENGTH))
      .filter(value => value !== '')
      .map(value => `${name}: ${value}`);
  });
  return `${[subject, body, lines.join('\n')]
    .filter(part => part.trim() !== '')
    .join('\n\n')}\n`;
}

/**
 * A message as it is handed to git: no characters that git refuses or a terminal obeys, one line end at the end.
 *
 * @throws InputError where nothing remains
 * @internal
 */
export function checkMessage(message: string): string {
  const clean = message
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  if (clean === '') {
    throw new InputError('A commit message must not be empty');
  }
  return `${clean}\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
