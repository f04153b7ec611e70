import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeEntityError,
  EdgeGroupEntity,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
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
import { SourceReader } from '../fleet/SourceReader';

/** What an entity asks of main; with problems there is nothing to write. @internal */
export interface Slice {
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
  /** What was built of the files that main holds after the changes. */
  readonly built: ReadonlyMap<string, BuiltSource>;
}

interface Rendered {
  readonly files: FileMap;
  readonly problems?: readonly Problem[];
  readonly built?: ReadonlyMap<string, BuiltSource>;
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Turns an entity into the files of main that say the same, sources and patches included.
 *
 * @internal
 */
export class Slices {
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
   * The changes that bring main to what the entity says. What is wrong with the entity is a problem in the answer.
   *
   * @param file - the file that it stands in
   */
  async changesFor(
    entity: EdgeEntity,
    file: string,
    main: FileMap,
  ): Promise<Slice> {
    try {
      const rendered = await this.render(entity, file, main);
      const { files, problems = [], built = NONE } = rendered;
      if (problems.length > 0) return { changes: [], problems, built: NONE };
      return { changes: sliceChanges(main, files), problems, built };
    } catch (error) {
      const ref = entityRefOf(entity.kind, entity.metadata.name);
      const problem =
        error instanceof EdgeEntityError
          ? { entity: ref, field: error.field, message: error.detail }
          : {
              entity: ref,
              field: fieldOf(entity),
              message: error instanceof Error ? error.message : String(error),
            };
      return { changes: [], problems: [problem], built: NONE };
    }
  }

  private async render(
    entity: EdgeEntity,
    file: string,
    main: FileMap,
  ): Promise<Rendered> {
    switch (entity.kind) {
      case 'EdgeApplication':
        return this.renderApplication(entity, file, main);
      case 'EdgeGroup':
        return { files: this.renderGroup(entity, file) };
      case 'EdgeNamespace':
        return { files: renderNamespaceSlice(entity) };
      case 'EdgePolicy':
        return { files: renderPolicySlice(entity) };
      default:
        return { files: NONE };
    }
  }

  private async renderApplication(
    entity: EdgeApplicationEntity,
    file: string,
    main: FileMap,
  ): Promise<Rendered> {
    const { source: from, overrides = [] } = entity.spec;
    const files = this.sources.read(file, from.path, 'spec.source.path');
    const patches = new Map<string, string | Uint8Array>();
    overrides.forEach(({ patches: paths = [] }, override) =>
      paths.forEach((patch, index) => {
        const field = `spec.overrides[${override}].patches[${index}]`;
        const found = this.sources.read(file, patch, field);
        if (found.size !== 1)
          throw new EdgeEntityError(field, `'${patch}' must be one file`);
        const [content] = found.values();
        patches.set(patch, content);
      }),
    );
    const source = { origin: `file:${file}`, files, patches };
    const problems = checkSource(entity, source);
    if (problems.length > 0) return { files: NONE, problems };
    const built = new Map<string, BuiltSource>();
    for (const build of sourceBuilds(entity, source)) {
      const manifests = await this.builder.build(build.files, build.folder);
      built.set(build.key, parseManifests(manifests));
    }
    const fresh = createCapture(entity, source, built);
    const capture = keepCaptured(main, entity, fresh);
    return {
      files: renderApplicationSlice(entity, capture),
      problems: capture.problems,
      built,
    };
  }

  private renderGroup(entity: EdgeGroupEntity, file: string): FileMap {
    const components = new Map<string, FileMap>();
    (entity.spec.components ?? []).forEach((component, index) =>
      components.set(
        component.path,
        this.sources.read(
          file,
          component.path,
          `spec.components[${index}].path`,
        ),
      ),
    );
    return renderGroupSlice(entity, components);
  }
}

/** Where a problem with reading or building belongs. */
function fieldOf(entity: EdgeEntity): string {
  if (entity.kind === 'EdgeApplication') return 'spec.source.path';
  return entity.kind === 'EdgeGroup' ? 'spec.components' : 'spec';
}
