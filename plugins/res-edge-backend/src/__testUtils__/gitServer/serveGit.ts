import { spawn } from 'node:child_process';
import { IncomingMessage, ServerResponse } from 'node:http';

/** Serves the bare repositories below a folder by `git http-backend`, for fetch and push. */
export async function serveGit(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url!, 'http://server');
  const header = (name: string) => String(request.headers[name] ?? '');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      ...(request.headers['content-length'] && {
        CONTENT_LENGTH: header('content-length'),
      }),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_USER: 'res-edge',
    },
  });
  request.pipe(child.stdin).on('error', () => {});
  const output: Buffer[] = [];
  for await (const chunk of child.stdout) output.push(chunk as Buffer);
  const all = Buffer.concat(output);
  const end = all.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of all.toString('latin1', 0, end).split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name === 'Status') status = Number(value.split(' ')[0]);
    else response.setHeader(name, value);
  }
  response.writeHead(status).end(all.subarray(end + 4));
}
