import { ArtifactOrigin } from './Artifact';
import { MANIFEST_TYPE } from './RegistryClient';

/** As Flux's own command names them. @internal */
export const MEDIA_TYPES = {
  config: 'application/vnd.cncf.flux.config.v1+json',
  layer: 'application/vnd.cncf.flux.content.v1.tar+gzip',
};
/** Says what is in an artifact, so that what is pushed need not be read again to be compared. */
const CONTENT = 'res-edge.io/content';
/** The tag that clusters follow. @internal */
export const MOVING_TAG = 'latest';

/** A part of an artifact. */
interface Part {
  readonly digest: string;
  readonly size: number;
}

/** The manifest of an artifact, as bytes: the same for the same origin and content. @internal */
export function artifactManifest(options: {
  config: Part;
  layer: Part;
  content: string;
  origin: ArtifactOrigin;
}): Buffer<ArrayBuffer> {
  const { config, layer, content, origin } = options;
  const { branch, commit, date, url } = origin;
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: MEDIA_TYPES.config, ...config },
    layers: [{ mediaType: MEDIA_TYPES.layer, ...layer }],
    annotations: {
      'org.opencontainers.image.created': date.toISOString(),
      'org.opencontainers.image.revision': `${branch}@sha1:${commit}`,
      ...(url !== undefined && { 'org.opencontainers.image.source': url }),
      [CONTENT]: content,
    },
  };
  return Buffer.from(JSON.stringify(manifest));
}

/** What is in an artifact by its manifest; undefined where it does not say it. @internal */
export function contentOf(manifest: unknown): string | undefined {
  const { annotations } = (manifest ?? {}) as { annotations?: object };
  const content = (annotations as Record<string, unknown>)?.[CONTENT];
  return typeof content === 'string' ? content : undefined;
}

/** The tag that stays: the day and the commit of what was pushed. @internal */
export function revisionTag({ date, commit }: ArtifactOrigin): string {
  return `${date.toISOString().slice(0, 10)}-${commit.slice(0, 12)}`;
}
