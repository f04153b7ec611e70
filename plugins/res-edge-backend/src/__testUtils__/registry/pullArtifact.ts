import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

/** What Flux would get. */
export interface PulledArtifact {
  /** Of the manifest: what Flux calls the revision. */
  readonly digest: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Of the layer, packed. */
  readonly bytes: number;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Pulls an artifact as Flux's source-controller does: the manifest of the tag, then its first layer.
 *
 * @param repository - with its registry, such as `127.0.0.1:5000/fleet/clusters/a`
 */
export async function pullArtifact(
  repository: string,
  tag: string = 'latest',
  headers: Record<string, string> = {},
): Promise<PulledArtifact> {
  const [host, ...path] = repository.split('/');
  const base = `http://${host}/v2/${path.join('/')}`;
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const named = await fetch(`${base}/manifests/${tag}`, {
    headers: { accept, ...headers },
  });
  if (!named.ok) throw new Error(`${repository}:${tag}: ${named.status}`);
  const { layers, annotations } = await named.json();
  const layer = await fetch(`${base}/blobs/${layers[0].digest}`, {
    headers,
  });
  const packed = Buffer.from(await layer.arrayBuffer());
  return {
    digest: named.headers.get('docker-content-digest')!,
    annotations,
    bytes: packed.length,
    files: await unpack(packed),
  };
}

async function unpack(packed: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const tar = extract();
  tar.end(gunzipSync(packed));
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, Buffer.concat(chunks));
  }
  return files;
}
