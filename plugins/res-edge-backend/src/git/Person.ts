import { InputError } from '@backstage/errors';

/**
 * Who made a commit.
 *
 * @internal
 */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/**
 * A person as git writes it in a commit: on one line, without characters that end a name or an address.
 *
 * @throws InputError where nothing of the name or the address remains
 * @internal
 */
export function checkPerson(person: Person): Person {
  const name = trimmed(person.name);
  const email = trimmed(person.email).replace(/\s/g, '');
  if (name === '' || email === '') {
    throw new InputError(
      `An author needs a name and an email address, not ${JSON.stringify(
        person.name,
      )} and ${JSON.stringify(person.email)}`,
    );
  }
  return { name, email };
}

/** git itself takes these characters off the ends; done here, so that every way to commit gives the same bytes. */
function trimmed(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .,:;"'\\]+|[ .,:;"'\\]+$/g, '');
}
