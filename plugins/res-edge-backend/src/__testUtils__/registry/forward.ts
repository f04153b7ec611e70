import { IncomingMessage, request as ask, ServerResponse } from 'node:http';

/** Hands a request on to another server, as if it had been asked itself. */
export async function forward(
  to: { host: string; port: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url, headers } = request;
  // The registry has no credentials of its own to ask for.
  const { authorization, ...others } = headers;
  await new Promise<void>((resolve, reject) => {
    const asked = ask({ ...to, method, path: url, headers: others }, answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.on('data', chunk => response.write(chunk));
      answer.once('end', () => {
        response.end();
        resolve();
      });
    });
    asked.once('error', reject);
    request.pipe(asked);
  });
}
