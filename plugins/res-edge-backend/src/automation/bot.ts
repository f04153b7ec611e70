import { Person } from '../git';

/** The author of what the automation writes by itself. @internal */
export const BOT: Person = { name: 'Res-Edge', email: 'res-edge@localhost' };

/** A user as the author of a merge; the reference of the user says who, without an address of a person. @internal */
export function personOf(actor: string): Person {
  const name = actor.split('/').pop() ?? actor;
  return {
    name,
    email: `${name.replace(/[^A-Za-z0-9._-]/g, '-')}@users.localhost`,
  };
}
