import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { RegistryError } from '../oci';

/** So many in a row mean that the registry is not there, or that it lets nobody in. */
const HOPELESS = 20;

/** What one pass could not push: one artifact does not keep the others back, a registry that is not there does. @internal */
export class FailedArtifacts {
  #first?: { repository: string; message: string };
  #count = 0;
  #row = 0;

  private constructor() {}

  static create(): FailedArtifacts {
    return new FailedArtifacts();
  }

  /** Notes what the registry refuses; everything else is thrown on. */
  async try(repository: string, task: () => Promise<void>): Promise<void> {
    if (this.isHopeless()) return;
    try {
      await task();
      this.#row = 0;
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      this.#first ??= { repository, message: error.message };
      this.#count++;
      this.#row++;
    }
  }

  count(): number {
    return this.#count;
  }

  isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Whether to try no more for now. */
  isHopeless(): boolean {
    return this.#row >= HOPELESS;
  }

  problems(): Problem[] {
    if (!this.#first) return [];
    const { repository, message } = this.#first;
    const more = this.isHopeless()
      ? ', and the rest was not tried'
      : ` and ${this.#count - 1} more`;
    return [
      {
        entity: '',
        field: 'resEdge.delivery.oci',
        message: `${repository}${
          this.#count === 1 ? '' : more
        } could not be pushed to the registry: ${message}`,
      },
    ];
  }
}
