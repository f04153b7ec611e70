import { createHash } from 'node:crypto';
import { RegistryError } from './RegistryError';
import { readJson } from '../util/readBody';
import { drain, RegistryOptions, RegistrySender } from './RegistrySender';

/** The media type of what names an artifact's parts. @internal */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** No manifest of ours is larger by far. */
const MAX_MANIFEST_BYTES = 1_000_000;

/**
 * What is needed of a registry, by the OCI distribution specification: ask for manifests, push blobs and manifests. What
 * passes by itself is tried again, a little later each time.
 *
 * @internal
 */
export class RegistryClient {
  private constructor(private readonly sender: RegistrySender) {}

  static create(options: RegistryOptions): RegistryClient {
    return new RegistryClient(RegistrySender.create(options, 'pull,push'));
  }

  /** The manifest that a tag or digest names; undefined where there is none. */
  async getManifest(
    repository: string,
    reference: string,
  ): Promise<unknown | undefined> {
    const response = await this.sender.send({
      method: 'GET',
      ...this.sender.at(repository, `manifests/${reference}`),
      headers: { accept: MANIFEST_TYPE },
      expected: [200, 404],
    });
    if (response.status === 404) {
      await drain(response);
      return undefined;
    }
    try {
      return await readJson(response, MAX_MANIFEST_BYTES);
    } catch {
      // What is not to be read was not pushed here.
      return undefined;
    }
  }

  /** Pushes what the repository does not have. */
  async pushBlob(
    repository: string,
    content: Uint8Array<ArrayBuffer>,
  ): Promise<{ digest: string; size: number }> {
    const digest = digestOf(content);
    const pushed = { digest, size: content.byteLength };
    if (await this.hasBlob(repository, digest)) return pushed;
    const uploads = this.sender.at(repository, 'blobs/uploads/');
    const upload = await this.sender.send({
      method: 'POST',
      ...uploads,
      expected: [202],
    });
    await drain(upload);
    const url = this.uploadAt(upload.headers.get('location') ?? '');
    url.searchParams.set('digest', digest);
    const done = await this.sender.send({
      method: 'PUT',
      ...{ repository: uploads.repository, url, body: content },
      headers: { 'content-type': 'application/octet-stream' },
      // An upload that is not known any more was finished, if its answer was lost.
      expected: [201, 204, 404],
    });
    await drain(done);
    if (done.status === 404 && !(await this.hasBlob(repository, digest))) {
      throw new RegistryError(`PUT ${url.origin}${url.pathname}`, 404, '');
    }
    return pushed;
  }

  /**
   * By its first byte: fetch closes the connection after each HEAD, so that each would take another one. Who sends elsewhere
   * for it has it.
   */
  private async hasBlob(repository: string, digest: string): Promise<boolean> {
    const response = await this.sender.send({
      method: 'GET',
      ...this.sender.at(repository, `blobs/${digest}`),
      headers: { range: 'bytes=0-0' },
      expected: [200, 206, 302, 303, 307, 308, 404],
    });
    await drain(response);
    return response.status !== 404;
  }

  /** Lets a tag name a manifest; whatever it named before. */
  async putManifest(
    repository: string,
    tag: string,
    manifest: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const response = await this.sender.send({
      method: 'PUT',
      ...this.sender.at(repository, `manifests/${tag}`),
      body: manifest,
      headers: { 'content-type': MANIFEST_TYPE },
      expected: [200, 201, 202],
    });
    await drain(response);
  }

  /** The registry says where to; what we send goes nowhere else but to it. */
  private uploadAt(location: string): URL {
    const { origin } = this.sender;
    const url = URL.canParse(location, origin)
      ? new URL(location, origin)
      : undefined;
    if (url?.origin === origin) return url;
    throw new RegistryError(
      `Upload to ${origin}`,
      undefined,
      `it names another host to upload to (${url?.origin})`,
    );
  }
}

/** The name of a content. @internal */
export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
