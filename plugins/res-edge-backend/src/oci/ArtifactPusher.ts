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

/** Asked on the way; each throws where this process may not write any more. @internal */
export interface PushSteps {
  /** Before the registry has it: what is noted of it now is known, whatever happens then. */
  readonly beforeManifest: (manifest: {
    digest: string;
    /** The one that stays. */
    tag: string;
  }) => Promise<void>;
  /** Before clusters see it. */
  readonly beforeMove: () => Promise<void>;
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

  /** @param files - the contents, by path */
  async push(
    { repository, content }: Artifact,
    files: ReadonlyMap<string, Uint8Array>,
    origin: ArtifactOrigin,
    steps: PushSteps,
  ): Promise<void> {
    const packed = await packLayer(files);
    const layer = await this.registry.pushBlob(repository, packed);
    const config = await this.registry.pushBlob(repository, CONFIG);
    const manifest = artifactManifest({ config, layer, content, origin });
    const tag = revisionTag(origin);
    await steps.beforeManifest({ digest: digestOf(manifest), tag });
    await this.registry.putManifest(repository, tag, manifest);
    await steps.beforeMove();
    await this.registry.putManifest(repository, MOVING_TAG, manifest);
  }
}
