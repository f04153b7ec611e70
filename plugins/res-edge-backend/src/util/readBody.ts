/** What is answered, of which no more is ever held; undefined where it is longer. @internal */
export async function readBody(
  response: Response,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What is answered, as JSON; undefined where it is longer, or none. @internal */
export async function readJson(
  response: Response,
  maxBytes: number,
): Promise<unknown> {
  const body = await readBody(response, maxBytes);
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
