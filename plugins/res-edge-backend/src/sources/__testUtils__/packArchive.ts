import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Header, pack } from 'tar-stream';

/** Files, and whatever else a tar can hold, as `tar+gzip`. */
export async function packArchive(
  files: Record<string, string | Uint8Array>,
  others: readonly (Partial<Header> & { name: string })[] = [],
): Promise<Buffer<ArrayBuffer>> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name }, Buffer.from(content));
  }
  for (const header of others) tar.entry(header);
  tar.finalize();
  return Buffer.from(gzipSync(await buffer(tar)));
}

/** The archive of a chart that installs nothing. */
export async function packChart(
  chart: string,
  version: string,
  more: Record<string, string> = {},
): Promise<Buffer<ArrayBuffer>> {
  return packArchive({
    [`${chart}/Chart.yaml`]: `apiVersion: v2\nname: ${chart}\nversion: ${version}\n`,
    [`${chart}/values.yaml`]: 'replicas: 1\n',
    ...more,
  });
}
