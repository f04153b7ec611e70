import { Artifact, ArtifactOrigin } from './Artifact';
import {
  artifactManifest,
  contentOf,
  MOVING_TAG,
  revisionTag,
} from './artifactManifest';
import { packLayer } from './packLayer';
import { digestOf, RegistryClient } from './RegistryClient';

/** Flux looks at its type alone. */
const CONFIG = Buffer.from('{}');

/** An artifact in the registry that no tag names yet. @internal */
export interface UploadedArtifact {
  readonly repository: string;
  /** Of its manifest, which the registry does not have yet. */
  readonly digest: string;
  readonly manifest: Uint8Array<ArrayBuffer>;
  /** The one that stays. */
  readonly tag: string;
}

/**
 * Pushes artifacts, where the registry does not have them: it alone remembers. The tag that clusters follow moves last, so
 * that what is not pushed whole is seen by nobody, and is finished by who pushes next.
 *
 * @internal
 */
export class ArtifactPusher {
  private constructor(private readonly registry: RegistryClient) {}

  static create(options: { registry: RegistryClient }): ArtifactPusher {
    return new ArtifactPusher(options.registry);
  }

  /** Whether clusters get it already. */
  async isPushed({ repository, content }: Artifact): Promise<boolean> {
    const manifest = await this.registry.getManifest(repository, MOVING_TAG);
    return contentOf(manifest) === content;
  }

  /**
   * Sends what is in it.
   *
   * @param files - the contents, by path
   */
  async upload(
    { repository, content }: Artifact,
    files: ReadonlyMap<string, Uint8Array>,
    origin: ArtifactOrigin,
  ): Promise<UploadedArtifact> {
    const packed = await packLayer(files);
    const layer = await this.registry.pushBlob(repository, packed);
    const config = await this.registry.pushBlob(repository, CONFIG);
    const manifest = artifactManifest({ config, layer, content, origin });
    const tag = revisionTag(origin);
    return { repository, digest: digestOf(manifest), manifest, tag };
  }

  /**
   * Lets clusters see it.
   *
   * @param beforeMove - throws where this process may not write any more
   */
  async publish(
    { repository, tag, manifest }: UploadedArtifact,
    beforeMove: () => Promise<void>,
  ): Promise<void> {
    await this.registry.putManifest(repository, tag, manifest);
    await beforeMove();
    await this.registry.putManifest(repository, MOVING_TAG, manifest);
  }
}
