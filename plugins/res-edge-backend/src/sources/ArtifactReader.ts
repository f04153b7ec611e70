import { InputError, NotFoundError } from '@backstage/errors';
import { OciSource } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';
import path from 'node:path';
import { readArchive } from './readArchive';
import { RegistryLayer, RegistryReader } from './RegistryReader';
import { Remembered } from './Remembered';
import { SourceHosts } from './SourceHosts';

const FLUX_LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
/** What others push that holds files: `tar+gzip` by whatever name. */
const ARCHIVE =
  /(?:\.tar\.gzip|[.+]tar\+gzip|^application\/(?:x-)?(?:gtar|tar|gzip|tgz))$/;
const MAX_LAYER_BYTES = 10_000_000;
const LIMITS = {
  maxFiles: 500,
  maxFileBytes: 1_000_000,
  maxBytes: 20_000_000,
};

interface Found {
  readonly files: FileMap;
  readonly digest: string;
}

/**
 * Reads sources of applications from OCI artifacts: those that Flux pushes, and others of one layer of `tar+gzip`.
 *
 * @internal
 */
export class ArtifactReader {
  readonly #known = Remembered.create<Found>();
  readonly #registries: RegistryReader;

  private constructor(hosts: SourceHosts) {
    this.#registries = RegistryReader.create(hosts);
  }

  static create(hosts: SourceHosts): ArtifactReader {
    return new ArtifactReader(hosts);
  }

  /**
   * The files of the folder, and the digest that the tag is now.
   *
   * @throws NotAllowedError where a host is not configured; InputError, NotFoundError where it cannot be read
   */
  async read({
    repository,
    tag,
    digest: wanted,
    path: folder = '.',
  }: OciSource): Promise<Found> {
    const reference = wanted ?? tag!;
    const { digest, layers } = await this.#registries.manifest(
      repository,
      reference,
    );
    return this.#known.get([repository, digest, folder], async () => {
      const layer = layerOf(layers, `'${reference}' of ${repository}`);
      const archive = await this.#registries.blob(
        repository,
        layer,
        MAX_LAYER_BYTES,
      );
      const clean = cleanFolder(folder);
      const prefix = clean === '' ? '' : `${clean}/`;
      const all = await readArchive(archive, {
        ...LIMITS,
        keep: name => name.startsWith(prefix),
      });
      if (all.size === 0) {
        throw new NotFoundError(`there is no folder '${folder}'`);
      }
      const files = new Map(
        [...all].map(([name, content]) => [name.slice(prefix.length), content]),
      );
      return { files, digest };
    });
  }

  /** All tags that there are now. */
  async tags({ repository }: Pick<OciSource, 'repository'>): Promise<string[]> {
    return this.#registries.tags(repository);
  }
}

function layerOf(
  layers: readonly RegistryLayer[],
  what: string,
): RegistryLayer {
  const ofFlux = layers.filter(({ mediaType }) => mediaType === FLUX_LAYER);
  const found =
    ofFlux.length > 0
      ? ofFlux
      : layers.filter(({ mediaType }) => ARCHIVE.test(mediaType));
  if (found.length === 1) return found[0];
  throw new InputError(
    `${what} must have one layer of type tar+gzip, got ${
      layers.map(({ mediaType }) => mediaType).join(', ') || 'none'
    }`,
  );
}

function cleanFolder(folder: string): string {
  const clean = path.posix.normalize(folder).replace(/\/$/, '');
  if (clean === '..' || clean.startsWith('../')) {
    throw new InputError(`the folder '${folder}' leaves the artifact`);
  }
  return clean === '.' ? '' : clean;
}
