import { RolloutGateReader } from '@res-edge/backstage-plugin-res-edge-node';

/** What reads gates, by their type: the built-in ones, and those that modules add. @internal */
export class GateTypes {
  readonly #readers = new Map<string, RolloutGateReader>();

  static create(): GateTypes {
    return new GateTypes();
  }

  /** @throws where the type is taken */
  add(reader: RolloutGateReader): void {
    const { type } = reader;
    if (this.#readers.has(type))
      throw new Error(`There are two readers of gates of type '${type}'`);
    this.#readers.set(type, reader);
  }

  get(type: string): RolloutGateReader | undefined {
    return this.#readers.get(type);
  }
}
