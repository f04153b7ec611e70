import type { Fact } from './Column';

/** Distinct facts by their index. Lists are told apart by their text, in a map of their own: no string can be taken for a list. @internal */
export class FactTable {
  private readonly scalars = new Map<Fact, number>();
  private readonly lists = new Map<string, number>();

  constructor(readonly facts: Fact[] = []) {
    facts.forEach((fact, index) => this.set(fact, index));
  }

  /** The index of a fact, which is added where it is new. */
  add(fact: Fact): number {
    const known =
      typeof fact === 'object'
        ? this.lists.get(JSON.stringify(fact))
        : this.scalars.get(fact);
    if (known !== undefined) return known;
    const index = this.facts.push(fact) - 1;
    this.set(fact, index);
    return index;
  }

  private set(fact: Fact, index: number): void {
    if (typeof fact === 'object') this.lists.set(JSON.stringify(fact), index);
    else this.scalars.set(fact, index);
  }
}
