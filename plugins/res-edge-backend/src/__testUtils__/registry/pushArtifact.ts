import { createHash } from 'node:crypto';
import { REGISTRY_USER, TestRegistry } from './TestRegistry';

/** A layer, or the config, of an artifact. */
export interface TestBlob {
  readonly mediaType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG: TestBlob = {
  mediaType: 'application/vnd.cncf.flux.config.v1+json',
  content: Buffer.from('{}'),
};

/** Pushes an artifact to a test's registry, as who may, and gives the digest of its manifest. */
export async function pushArtifact(
  { host, auth }: Pick<TestRegistry, 'host' | 'auth'>,
  name: string,
  tag: string,
  layers: readonly TestBlob[],
): Promise<string> {
  const repository = `http://${host}/v2/${name}`;
  const { username, password } = REGISTRY_USER;
  const ask = asker({
    authorization:
      auth === 'token'
        ? `Bearer for:${name}`
        : `Basic ${btoa(`${username}:${password}`)}`,
  });
  const push = (blob: TestBlob) => pushBlob(ask, repository, blob);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: await push(CONFIG),
      layers: await Promise.all(layers.map(push)),
    }),
  );
  await ask(`${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': MANIFEST_TYPE },
    body: manifest,
  });
  return digestOf(manifest);
}

type Ask = (url: string, init: RequestInit) => Promise<Response>;

async function pushBlob(
  ask: Ask,
  repository: string,
  { mediaType, content }: TestBlob,
) {
  const digest = digestOf(content);
  const upload = await ask(`${repository}/blobs/uploads/`, { method: 'POST' });
  const url = new URL(upload.headers.get('location')!, repository);
  url.searchParams.set('digest', digest);
  await ask(url.href, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
  });
  return { mediaType, digest, size: content.length };
}

function asker(own: Record<string, string>): Ask {
  return async (url, init) => {
    const headers = { ...own, ...(init.headers as Record<string, string>) };
    const response = await fetch(url, { ...init, headers });
    await response.arrayBuffer();
    if (response.ok) return response;
    throw new Error(`${init.method} ${url}: ${response.status}`);
  };
}

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
