import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Inventory } from '@res-edge/backstage-plugin-res-edge-engine';

/** Where an entity stands. @internal */
export interface Origin {
  /** Relative to the fleet's folder, with `/`. */
  readonly file: string;
  /** From 1; left out where each line is an entity. */
  readonly document?: number;
  /** From 1. */
  readonly line: number;
}

/** What a folder of entities holds. @internal */
export interface Fleet {
  /** The absolute path of the folder. */
  readonly folder: string;
  readonly inventory: Inventory;
  /** By entity reference. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly problems: readonly Problem[];
  /** References of entities that are there, and invalid. */
  readonly broken: ReadonlySet<string>;
  /** Whether all was read: where not, an entity that was not found may still be meant to be there. */
  readonly complete: boolean;
}

/** `clusters.yaml, document 3, line 41`. @internal */
export function placeOf({ file, document, line }: Origin): string {
  return document === undefined
    ? `${file}, line ${line}`
    : `${file}, document ${document}, line ${line}`;
}
