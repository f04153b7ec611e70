import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  InventoryStore,
  RegisteredEntity,
  RegistrationProblemStore,
} from '../database';
import { CatalogErrors } from './CatalogErrors';
import { CatalogInventory } from './CatalogInventory';
import { RegistrationRules } from './RegistrationRules';

/** Whose problems these are. */
const SOURCE = 'catalog';

/**
 * What of the catalog counts: what its place of registration may define. The rest is a problem, without effect.
 *
 * @internal
 */
export class AdmittedCatalog {
  /** @param options - `onProblems` is called where what is wrong is other than before */
  static create(options: {
    catalog: Pick<CatalogInventory, 'read'>;
    errors: Pick<CatalogErrors, 'settle'>;
    rules: RegistrationRules;
    inventory: Pick<InventoryStore, 'load'>;
    problems: RegistrationProblemStore;
    onProblems: () => void;
  }): AdmittedCatalog {
    return new AdmittedCatalog(options);
  }

  private constructor(
    private readonly options: Parameters<typeof AdmittedCatalog.create>[0],
  ) {}

  async read(): Promise<RegisteredEntity[]> {
    const { catalog, errors, rules, problems, onProblems } = this.options;
    const reading = await catalog.read();
    const admitted = rules.admit(
      reading.entities,
      rules.dependOnGroups ? await this.otherGroups() : [],
    );
    // Before anything is written: who registers too little by mistake finds out why.
    const changed = await problems.replace(SOURCE, [
      ...reading.problems,
      ...admitted.problems,
    ]);
    const served = new Map(
      reading.entities.map(({ entity, location }) => [
        entityRefOf(entity.kind, entity.metadata.name),
        location,
      ]),
    );
    const settled = await errors.settle(served);
    if (changed || settled) onProblems();
    return [...admitted.entities];
  }

  /** Groups that come from elsewhere may be parents of those in the catalog. */
  private async otherGroups(): Promise<EdgeEntity[]> {
    const { records } = await this.options.inventory.load();
    return records
      .filter(
        ({ entity, origin }) =>
          entity.kind === 'EdgeGroup' && origin.type !== 'catalog',
      )
      .map(({ entity }) => entity);
  }
}
