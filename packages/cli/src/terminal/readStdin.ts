/** Everything that comes on standard input, as text. @throws Error where it is no UTF-8 @internal */
export async function readStdin(
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Buffer.concat(chunks),
  );
}
