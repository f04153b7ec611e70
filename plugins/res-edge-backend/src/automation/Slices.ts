import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeGroupEntity,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationSource,
  BuiltSource,
  checkSource,
  createCapture,
  FileChange,
  FileMap,
  keepCaptured,
  parseManifests,
  renderApplicationSlice,
  renderGroupSlice,
  renderNamespaceSlice,
  renderPolicySlice,
  sliceChanges,
  sourceBuilds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { createHash } from 'node:crypto';
import { originOf } from './originOf';
import { SourceReader } from './SourceReader';

/** What an entity asks of main; with problems there is nothing to write. @internal */
export interface Slice {
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
}

interface Rendered {
  readonly slice: FileMap;
  readonly problems: readonly Problem[];
}

/**
 * Turns a registered entity into the files of main that say the same, sources and patches included.
 *
 * @internal
 */
export class Slices {
  /** By application, with a digest of all that its files follow from: most runs change few of them. */
  readonly #known = new Map<string, { digest: string; rendered: Rendered }>();

  private constructor(
    private readonly sources: SourceReader,
    private readonly builder: ManifestBuilder,
  ) {}

  static create(options: {
    sources: SourceReader;
    builder: ManifestBuilder;
  }): Slices {
    return new Slices(options.sources, options.builder);
  }

  /**
   * The changes that bring main to what the entity says; none for a cluster, and for a group without values and components.
   * What is wrong with the entity is a problem in the answer, never an error.
   */
  async changesFor(
    entity: EdgeEntity,
    location: string,
    main: FileMap,
  ): Promise<Slice> {
    try {
      const { slice, problems } = await this.render(entity, location, main);
      if (problems.length > 0) return { changes: [], problems };
      return { changes: sliceChanges(main, slice), problems: [] };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const ref = entityRefOf(entity.kind, entity.metadata.name);
      return {
        changes: [],
        problems: [{ entity: ref, field: fieldOf(entity), message }],
      };
    }
  }

  private async render(
    entity: EdgeEntity,
    location: string,
    main: FileMap,
  ): Promise<Rendered> {
    switch (entity.kind) {
      case 'EdgeApplication':
        return this.renderApplication(entity, location, main);
      case 'EdgeGroup':
        return {
          slice: await this.renderGroup(entity, location),
          problems: [],
        };
      case 'EdgeNamespace':
        return { slice: renderNamespaceSlice(entity), problems: [] };
      case 'EdgePolicy':
        return { slice: renderPolicySlice(entity), problems: [] };
      default:
        return { slice: new Map(), problems: [] };
    }
  }

  private async renderApplication(
    entity: EdgeApplicationEntity,
    location: string,
    main: FileMap,
  ): Promise<Rendered> {
    const { name } = entity.metadata;
    const source = await this.readSource(entity, location);
    const own = new Map(
      [...main].filter(([path]) => path.startsWith(`apps/${name}/`)),
    );
    const digest = digestOf(entity, source, own);
    const known = this.#known.get(name);
    if (known?.digest === digest) return known.rendered;
    const rendered = await this.capture(entity, source, own);
    this.#known.set(name, { digest, rendered });
    return rendered;
  }

  private async readSource(
    entity: EdgeApplicationEntity,
    location: string,
  ): Promise<ApplicationSource> {
    const files = await this.sources.read(location, entity.spec.source.path);
    const patches = new Map<string, string | Uint8Array>();
    for (const override of entity.spec.overrides ?? []) {
      for (const patch of override.patches ?? []) {
        const [content] = (await this.sources.read(location, patch)).values();
        patches.set(patch, content);
      }
    }
    return { origin: originOf(location), files, patches };
  }

  private async capture(
    entity: EdgeApplicationEntity,
    source: ApplicationSource,
    main: FileMap,
  ): Promise<Rendered> {
    const problems = checkSource(entity, source);
    if (problems.length > 0) return { slice: new Map(), problems };
    const built = new Map<string, BuiltSource>();
    for (const { key, files, folder } of sourceBuilds(entity, source)) {
      built.set(key, parseManifests(await this.builder.build(files, folder)));
    }
    const fresh = createCapture(entity, source, built);
    const capture = keepCaptured(main, entity, fresh);
    return {
      slice: renderApplicationSlice(entity, capture),
      problems: capture.problems,
    };
  }

  private async renderGroup(
    entity: EdgeGroupEntity,
    location: string,
  ): Promise<FileMap> {
    const components = new Map<string, FileMap>();
    for (const { path } of entity.spec.components ?? []) {
      components.set(path, await this.sources.read(location, path));
    }
    return renderGroupSlice(entity, components);
  }
}

function digestOf(
  entity: EdgeEntity,
  source: ApplicationSource,
  main: FileMap,
): string {
  const hash = createHash('sha256').update(JSON.stringify(entity));
  for (const files of [source.files, source.patches, main]) {
    hash.update('\0');
    for (const [path, content] of files)
      hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Where a problem with reading or building belongs. */
function fieldOf(entity: EdgeEntity): string {
  if (entity.kind === 'EdgeApplication') return 'spec.source';
  return entity.kind === 'EdgeGroup' ? 'spec.components' : 'spec';
}
