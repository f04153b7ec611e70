import {
  EntityInput,
  MutationInput,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FakeAnswer, FakeRequest } from './FakeBackend';

/** Answers as the data service does, as far as actions that write need it; what it holds is of the API. */
export class FakeInventory {
  readonly entities = new Map<string, EntityInput>();
  readonly sources: Record<string, string>[] = [];
  /** Says of a mutation what is wrong with it. */
  refuse: (
    mutation: MutationInput,
  ) => { name: string; message: string } | undefined = () => undefined;

  add(...entities: EntityInput[]): void {
    for (const entity of entities) {
      this.entities.set(keyOf(entity.kind, entity.metadata.name), entity);
    }
  }

  answer({ operationId, path, query, body }: FakeRequest): FakeAnswer {
    switch (operationId) {
      case 'getEntity': {
        const entity = this.entities.get(path.slice(-2).join('/'));
        return entity
          ? { body: { entity, origin: { type: 'api' }, etag: '"7"' } }
          : {
              status: 404,
              body: { error: { name: 'NotFoundError', message: 'None' } },
            };
      }
      case 'writeEntities': {
        const { mutations } = body as { mutations: MutationInput[] };
        const dryRun = query.get('dryRun') === 'true';
        return {
          body: { results: mutations.map(m => this.#write(m, dryRun)) },
        };
      }
      case 'storeSource':
        this.sources.push((body as { files: Record<string, string> }).files);
        return { body: { digest: 'd1', path: './sources/d1' } };
      default:
        throw new Error(`No ${operationId} is expected`);
    }
  }

  #write(mutation: MutationInput, dryRun: boolean) {
    const entity = mutation.entity as EntityInput | undefined;
    const kind = mutation.kind ?? entity!.kind;
    const name = mutation.name ?? entity!.metadata.name;
    const before = this.entities.get(keyOf(kind, name));
    const result = { index: 0, kind, name };
    const error = this.refuse(mutation);
    if (error) return { ...result, status: 'failed', error };
    if (JSON.stringify(before) === JSON.stringify(entity)) {
      return { ...result, status: 'unchanged' };
    }
    if (before && mutation.action === 'create') {
      const conflict = {
        name: 'ConflictError',
        message: 'Another one is there',
      };
      return { ...result, status: 'failed', error: conflict };
    }
    if (!dryRun) {
      if (entity) this.add(entity);
      else this.entities.delete(keyOf(kind, name));
    }
    if (!entity) return { ...result, status: 'deleted' };
    return { ...result, status: before ? 'updated' : 'created' };
  }
}

function keyOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}
