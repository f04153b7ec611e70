import { InputError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeKind,
  EdgeNamespaceEntity,
  entityRefOf,
  Problem,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationDecision,
  ApplicationRelease,
  FileMap,
  GroupDecision,
  NamespaceDecision,
} from '../../model';
import { byCodeUnit } from '../format/digest';
import { isMapping, parseYaml, textOf } from '../format/parseYaml';
import { innerPath, segment } from '../format/paths';
import { GROUP_CONTENT_FILE } from './groupSlice';
import { CAPTURE_FILE, readCaptureFile } from './readCaptureFile';
import {
  readReleaseFile,
  ReleaseContent,
  releaseDigest,
  ReleaseFile,
} from './releaseFile';

/** Files are read again with each commit, and most are the very same bytes: their content never changes. */
const parsed = new WeakMap<Uint8Array, unknown>();

/** The file of a captured version: its application, and the version. */
const CAPTURED = new RegExp(`^apps/([^/]+)/versions/([^/]+)/${CAPTURE_FILE}$`);

/** Reads entities from the files of main, strictly. @internal */
export class DecisionReader {
  readonly problems: Problem[] = [];
  private readonly paths: readonly string[];
  /** Captured ones, by application. */
  private readonly versions = new Map<string, string[]>();

  constructor(private readonly main: FileMap) {
    this.paths = [...main.keys()].sort(byCodeUnit);
    for (const path of this.paths) {
      const [, name, version] = CAPTURED.exec(path) ?? [];
      if (name === undefined) continue;
      const known = this.versions.get(name);
      if (known) known.push(version);
      else this.versions.set(name, [version]);
    }
  }

  read<T>(
    kind: EdgeKind,
    pattern: RegExp,
    readOne: (name: string) => T,
  ): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    for (const path of this.paths) {
      const name = pattern.exec(path)?.[1];
      if (name === undefined) continue;
      try {
        found.set(name, readOne(segment(name)));
      } catch (error) {
        this.problems.push({
          entity: entityRefOf(kind, name),
          field: '',
          message: `main, ${(error as Error).message}`,
        });
      }
    }
    return found;
  }

  application(name: string): ApplicationDecision {
    const folder = `apps/${name}`;
    // By itself first, so that an error names the right file; its version is that of the release.
    this.entity('EdgeApplication', name, {
      path: `${folder}/application.yaml`,
      spec: { version: '0' },
    });
    const file = this.releaseFile(`${folder}/release.yaml`);
    const releases: ApplicationRelease[] = [];
    const emptyRings: string[] = [];
    for (const [ring, digest] of file.rings) {
      if (digest === undefined) emptyRings.push(ring);
      else releases.push(this.release(name, ring, digest, file));
    }
    const last = releases.at(-1);
    if (!last) {
      throw new InputError(
        `${folder}/release.yaml: rings: one at least must have reached a release`,
      );
    }
    const entity = this.entity<EdgeApplicationEntity>('EdgeApplication', name, {
      path: `${folder}/application.yaml`,
      spec: { version: last.version },
    });
    const allowedKinds =
      entity.spec.type === 'addon' ? this.allowedKinds(folder) : [];
    const versions = this.otherVersions(name, releases, last);
    return {
      entity,
      releases,
      ...(emptyRings.length > 0 && { emptyRings }),
      ...(versions.length > 0 && { versions }),
      ...(allowedKinds.length > 0 && { allowedKinds }),
    };
  }

  private release(
    name: string,
    ring: string,
    digest: string,
    { releases }: Required<ReleaseFile>,
  ): ApplicationRelease {
    const folder = `apps/${name}`;
    const path = `${folder}/release.yaml`;
    const content = releases.get(digest);
    if (!content) {
      throw new InputError(
        `${path}: rings.${ring}: there is no release '${digest}' in it`,
      );
    }
    const {
      values = {},
      overrides = [],
      version,
    } = content as Partial<ReleaseContent>;
    // The schema of the entity says what a release may hold as well.
    const { spec } = this.entity<EdgeApplicationEntity>(
      'EdgeApplication',
      name,
      {
        path: `${folder}/application.yaml`,
        spec: { version, values, overrides },
        blame: path,
      },
    );
    const release = {
      version: spec.version,
      values: spec.values ?? {},
      overrides: spec.overrides ?? [],
    };
    const captured = this.captured(name, spec.version);
    const actual = releaseDigest(release);
    if (digest !== actual) {
      this.problems.push({
        entity: entityRefOf('EdgeApplication', name),
        field: '',
        message: `main, ${path}: the digest of release '${digest}' is '${actual}'; somebody changed the release by hand`,
      });
    }
    return { ...{ ring, digest: actual, ...release }, ...captured };
  }

  /** What was captured with a version of an application, and goes into its releases. */
  private captured(name: string, version: string) {
    const path = `apps/${name}/versions/${segment(version)}/${CAPTURE_FILE}`;
    const { requests, requires, dependsOn, clusterValues, allowedKinds } =
      this.at(path, () => readCaptureFile(this.mapping(path)));
    return {
      ...{ requests, requires, dependsOn, clusterValues },
      ...(allowedKinds.length > 0 && { allowedKinds }),
    };
  }

  /** The versions that no ring has; one that cannot be read is none. */
  private otherVersions(
    name: string,
    releases: readonly ApplicationRelease[],
    { values, overrides }: ApplicationRelease,
  ): ApplicationRelease[] {
    const known = new Set(releases.map(({ version }) => version));
    return (this.versions.get(name) ?? []).flatMap(version => {
      if (known.has(version)) return [];
      try {
        const release = { version, values, overrides };
        return {
          ...{ ring: '', digest: releaseDigest(release), ...release },
          ...this.captured(name, version),
        };
      } catch {
        return [];
      }
    });
  }

  /** What versions of an add-on bring that it needs leave for; one that cannot be read is reported where it is released. */
  private allowedKinds(folder: string): readonly string[] {
    const found = new Set<string>();
    for (const path of this.paths) {
      if (!path.startsWith(`${folder}/versions/`)) continue;
      if (!path.endsWith(`/${CAPTURE_FILE}`)) continue;
      try {
        const { allowedKinds } = readCaptureFile(this.mapping(path));
        for (const entry of allowedKinds) found.add(entry);
      } catch {
        continue;
      }
    }
    return [...found].sort(byCodeUnit);
  }

  namespace(name: string): NamespaceDecision {
    const folder = `namespaces/${name}`;
    const entity = this.entity<EdgeNamespaceEntity>('EdgeNamespace', name, {
      path: `${folder}/namespace.yaml`,
    });
    return { entity, digest: this.digest(`${folder}/release.yaml`) };
  }

  group(name: string): GroupDecision {
    const folder = `groups/${name}`;
    const digest = this.digest(`${folder}/release.yaml`);
    const path = `${folder}/versions/${digest}/${GROUP_CONTENT_FILE}`;
    const { values = {}, components = [] } = this.mapping(path);
    const { spec } = this.entity<EdgeGroupEntity>('EdgeGroup', name, {
      path: `${folder}/group.yaml`,
      spec: { values, components },
      blame: path,
    });
    return {
      name,
      digest,
      values: spec.values ?? {},
      components: (spec.components ?? []).map(component => ({
        ...component,
        path: this.at(path, () => innerPath(component.path)),
      })),
      ...(spec.rollout !== undefined && { rollout: spec.rollout }),
    };
  }

  entity<T extends EdgeEntity>(
    kind: EdgeKind,
    name: string,
    from: { path: string; spec?: Record<string, unknown>; blame?: string },
  ): T {
    const content = this.mapping(from.path);
    return this.at(from.blame ?? from.path, () => {
      const entity = validateEdgeEntity({
        ...content,
        spec: { ...(content.spec as object), ...from.spec },
      });
      if (entity.kind !== kind || entity.metadata.name !== name) {
        throw new InputError(
          `must be the ${kind} '${name}', got the ${entity.kind} '${entity.metadata.name}'`,
        );
      }
      return entity as T;
    });
  }

  private digest(path: string): string {
    const digest = [...this.releaseFile(path).rings.values()].at(-1);
    if (digest === undefined) {
      throw new InputError(`${path}: rings: the last has reached nothing`);
    }
    return digest;
  }

  private releaseFile(path: string): Required<ReleaseFile> {
    const content = this.mapping(path);
    return this.at(path, () => readReleaseFile(content));
  }

  private mapping(path: string): Record<string, unknown> {
    return this.at(path, () => {
      const content = this.main.get(path);
      if (content === undefined) throw new InputError('the file is missing');
      const value = parsedFile(content);
      if (!isMapping(value)) throw new InputError('must be a mapping');
      return value;
    });
  }

  /** Errors say in which file they were found. */
  private at<T>(path: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw new InputError(`${path}: ${(error as Error).message}`);
    }
  }
}

/** What it gives is shared, and not to be written to. */
function parsedFile(content: string | Uint8Array): unknown {
  if (typeof content === 'string') return parseYaml(content);
  if (!parsed.has(content)) parsed.set(content, parseYaml(textOf(content)));
  return parsed.get(content);
}
