import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeEntityError,
  EdgeGroupEntity,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationSource,
  BuildManifests,
  BuiltSource,
  FileChange,
  FileMap,
} from '../../model';
import { parseManifests, sourceBuilds } from '../capture/builds';
import { checkSource } from '../capture/checkSource';
import { createCapture, keepCaptured } from '../capture/createCapture';
import { sourceField } from '../capture/sourceField';
import { dataDigest, filesDigest } from '../format/digest';
import { renderApplicationSlice } from './applicationSlice';
import { renderGroupSlice, renderPolicySlice } from './groupSlice';
import { intentPaths, sliceChanges, sliceRemoval } from './intentPaths';
import { keptGroup, keptNamespace } from './keptContent';
import { renderNamespaceSlice } from './namespaceSlice';
import { readRemoteSource, RemoteReaders } from './remoteSource';
import { policyPath } from './mainPaths';

/** What an entity asks of main; with problems there is nothing to write. @public */
export interface Slice {
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
  /** What was built of an application's source, by key. */
  readonly built: ReadonlyMap<string, BuiltSource>;
  /** What is registered of a namespace or group was taken back, and main keeps the content that it has. */
  readonly keeps?: true;
}

/** What {@link Slices} is made of. @public */
export interface SlicesOptions extends RemoteReaders {
  /**
   * Reads the files below a path beside the place where an entity is registered, by their path inside it; a single file
   * comes under its own name.
   *
   * @param field - the field of the entity that names the path
   */
  read(location: string, path: string, field: string): Promise<FileMap>;
  /** What main says of the place where an entity is registered. */
  originOf(location: string): string;
  build: BuildManifests;
  /** By add-on what it may bring beside what every application may, as `parseAllowedKind` reads it; nothing where left out. */
  allowedKinds?: ReadonlyMap<string, readonly string[]>;
}

interface Rendered extends Omit<Slice, 'changes'> {
  readonly files: FileMap;
}

/**
 * Turns registered entities into the files of main that say the same, sources and patches included.
 *
 * @public
 */
export class Slices {
  /** By application, with a digest of all that its files follow from: most runs change few of them. */
  readonly #known = new Map<string, { digest: string; rendered: Rendered }>();

  private constructor(private readonly options: SlicesOptions) {}

  static create(options: SlicesOptions): Slices {
    return new Slices(options);
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): Slices {
    const fork = Slices.create(this.options);
    for (const [name, known] of this.#known) fork.#known.set(name, known);
    return fork;
  }

  /**
   * The changes that bring main to what the entity says; none for a cluster, and for a group without values, components and
   * rollout, whose files go.
   * What is wrong with the entity is a problem in the answer, never an error.
   *
   * @param location - where the entity is registered
   * @param refused - digest of a release of an application, or of the content of a namespace or group, that was taken back, and
   * does not start again
   */
  async changesFor(
    entity: EdgeEntity,
    location: string,
    main: FileMap,
    refused?: string,
  ): Promise<Slice> {
    try {
      const rendered = await this.render(entity, location, main, refused);
      const { files, problems, built, keeps } = rendered;
      if (problems.length > 0)
        return { changes: [], problems, built: new Map() };
      const { kind, metadata } = entity;
      const isGone =
        files.size === 0 &&
        intentPaths(kind, metadata.name).some(path =>
          main.has(`${path}release.yaml`),
        );
      const changes = isGone
        ? sliceRemoval(main.keys(), kind, metadata.name)
        : sliceChanges(main, files);
      return { changes, problems, built, ...(keeps && { keeps }) };
    } catch (error) {
      const problem = {
        entity: entityRefOf(entity.kind, entity.metadata.name),
        field: error instanceof EdgeEntityError ? error.field : fieldOf(entity),
        message:
          error instanceof EdgeEntityError ? error.detail : messageOf(error),
      };
      return { changes: [], problems: [problem], built: new Map() };
    }
  }

  private async render(
    entity: EdgeEntity,
    location: string,
    main: FileMap,
    refused: string | undefined,
  ): Promise<Rendered> {
    const complete = (files: FileMap, kept?: FileMap): Rendered => ({
      ...{ files: kept ?? files, problems: [], built: new Map() },
      ...(kept && { keeps: true }),
    });
    switch (entity.kind) {
      case 'EdgeApplication':
        return this.renderApplication(entity, location, main, refused);
      case 'EdgeGroup': {
        const files = await this.renderGroup(entity, location);
        return complete(files, keptGroup(entity, files, main, refused));
      }
      case 'EdgeNamespace':
        return complete(
          renderNamespaceSlice(entity),
          keptNamespace(entity, main, refused),
        );
      case 'EdgePolicy':
        return complete(renderPolicySlice(entity));
      default:
        return complete(new Map());
    }
  }

  private async renderApplication(
    entity: EdgeApplicationEntity,
    location: string,
    main: FileMap,
    refused: string | undefined,
  ): Promise<Rendered> {
    const { name } = entity.metadata;
    const { rollout } = entity.spec;
    const policy = rollout === undefined ? undefined : policyPath(rollout);
    const own = new Map(
      [...main].filter(
        ([path]) => path.startsWith(`apps/${name}/`) || path === policy,
      ),
    );
    const source = await this.readSource(entity, location, own);
    const digest = dataDigest([
      entity,
      source.origin,
      filesDigest(source.files),
      filesDigest(source.patches),
      filesDigest(own),
      refused,
    ]);
    const known = this.#known.get(name);
    if (known?.digest === digest) return known.rendered;
    const rendered = await this.capture(entity, source, own, refused);
    this.#known.set(name, { digest, rendered });
    return rendered;
  }

  private async readSource(
    entity: EdgeApplicationEntity,
    location: string,
    main: FileMap,
  ): Promise<ApplicationSource> {
    const { source, overrides = [] } = entity.spec;
    const base = (await readRemoteSource(entity, main, this.options)) ?? {
      origin: this.options.originOf(location),
      files: await this.read(location, source.path ?? '', 'spec.source.path'),
    };
    const patches = new Map<string, string | Uint8Array>();
    for (const [override, { patches: paths = [] }] of overrides.entries()) {
      for (const [index, patch] of paths.entries()) {
        const field = `spec.overrides[${override}].patches[${index}]`;
        const found = await this.read(location, patch, field);
        if (found.size !== 1)
          throw new EdgeEntityError(field, `'${patch}' must be one file`);
        const [content] = found.values();
        patches.set(patch, content);
      }
    }
    return { ...base, patches };
  }

  private async capture(
    entity: EdgeApplicationEntity,
    source: ApplicationSource,
    main: FileMap,
    refused: string | undefined,
  ): Promise<Rendered> {
    const built = new Map<string, BuiltSource>();
    const problems = checkSource(entity, source);
    if (problems.length > 0) return { files: new Map(), problems, built };
    for (const { key, files, folder } of sourceBuilds(entity, source)) {
      const manifests = await this.options.build(files, folder);
      built.set(key, parseManifests(manifests));
    }
    const allowed = this.options.allowedKinds?.get(entity.metadata.name);
    const fresh = createCapture(entity, source, built, allowed);
    const capture = keepCaptured(main, entity, fresh);
    return {
      files: renderApplicationSlice(entity, capture, main, refused),
      problems: capture.problems,
      built,
    };
  }

  private async renderGroup(
    entity: EdgeGroupEntity,
    location: string,
  ): Promise<FileMap> {
    const components = new Map<string, FileMap>();
    const listed = entity.spec.components ?? [];
    for (const [index, { path }] of listed.entries()) {
      const field = `spec.components[${index}].path`;
      components.set(path, await this.read(location, path, field));
    }
    return renderGroupSlice(entity, components);
  }

  /** An error that names the field. */
  private async read(
    location: string,
    path: string,
    field: string,
  ): Promise<FileMap> {
    try {
      return await this.options.read(location, path, field);
    } catch (error) {
      if (error instanceof EdgeEntityError) throw error;
      throw new EdgeEntityError(field, messageOf(error));
    }
  }
}

/** Where a problem with building belongs. */
function fieldOf(entity: EdgeEntity): string {
  if (entity.kind === 'EdgeApplication') return sourceField(entity);
  return entity.kind === 'EdgeGroup' ? 'spec.components' : 'spec';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
