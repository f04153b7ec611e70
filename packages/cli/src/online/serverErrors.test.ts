import { resedgeWith } from '../__testUtils__/resedge';
import { TestAnswer, TestServer } from '../__testUtils__/TestServer';

const TOKEN = 'secret-token';

const errorBody = (name: string, message: string, more: object = {}) => ({
  error: { name, message, ...more },
  response: { statusCode: 0 },
});

async function askOne(answer: TestAnswer, env: Record<string, string> = {}) {
  const server = await TestServer.create(() => answer);
  const result = await resedgeWith(
    { RESEDGE_SERVER: server.url, ...env },
    ...['explain', 'imdb', 'store-1'],
  );
  expect(result.stdout).toBe('');
  expect(result.stderr).not.toContain(TOKEN);
  return { ...result, server };
}

describe('a server that does not answer as wished', () => {
  it.each<[string, TestAnswer, number, string]>([
    [
      'not found',
      { status: 404, body: errorBody('NotFoundError', "No 'imdb'") },
      1,
      "No 'imdb'",
    ],
    [
      'no such operation',
      { status: 404, body: errorBody('NotFoundError', 'not found') },
      3,
      'older than this resedge',
    ],
    [
      'no Res-Edge',
      { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>' },
      3,
      'it has no Res-Edge, or one that is older than this resedge',
    ],
    [
      'forbidden',
      { status: 403, body: errorBody('NotAllowedError', 'no cluster.read') },
      3,
      'you may not do this: no cluster.read',
    ],
    [
      'a conflict',
      { status: 409, body: errorBody('ConflictError', 'is in YAML') },
      1,
      'in conflict with what is there: is in YAML',
    ],
    [
      'a change meanwhile',
      { status: 412, body: errorBody('PreconditionFailedError', 'is "8"') },
      1,
      'changed by somebody else meanwhile: is "8"',
    ],
    [
      'too many requests',
      {
        status: 429,
        headers: { 'retry-after': '30' },
        body: errorBody('TooManyRequestsError', 'too many requests'),
      },
      3,
      'too many requests; try again in 30 s',
    ],
    [
      'not ready',
      { status: 503, body: errorBody('ServiceUnavailableError', 'starting') },
      3,
      'starting; try again later',
    ],
    [
      'a wrong selector',
      {
        status: 400,
        body: errorBody('InputError', "unknown group 'x'", {
          field: 'expression',
          position: 4,
        }),
      },
      2,
      "unknown group 'x' (in expression at character 5)",
    ],
    ['a failure', { status: 502, body: '<html>' }, 3, 'failed: Request failed'],
    [
      'a login page',
      { status: 302, headers: { location: 'https://login.example.com/' } },
      3,
      'sends on to https://login.example.com/',
    ],
    [
      'a page',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      3,
      'not with JSON: is it the address of a Backstage backend?',
    ],
  ])('%s', async (_, answer, status, message) => {
    const found = await askOne(answer, { RESEDGE_TOKEN: TOKEN });
    expect(found.stderr).toContain(message);
    expect(found.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(found.status).toBe(status);
  });

  it('says which token it lacks, or that the one it has is refused', async () => {
    const answer = {
      status: 401,
      body: errorBody('AuthenticationError', 'Invalid token'),
    };
    const without = await askOne(answer);
    expect(without).toMatchObject({ status: 3 });
    expect(without.stderr).toContain('wants a token: set RESEDGE_TOKEN');
    const wrong = await askOne(answer, { RESEDGE_TOKEN: ` ${TOKEN}\n` });
    expect(wrong).toMatchObject({ status: 3 });
    expect(wrong.stderr).toContain('does not accept the token');
    expect(wrong.server.requests[0].headers.authorization).toBe(
      `Bearer ${TOKEN}`,
    );
  });

  it('is down', async () => {
    // A port that nobody listens at: it is reserved.
    const RESEDGE_SERVER = 'http://127.0.0.1:1';
    const found = await resedgeWith({ RESEDGE_SERVER }, 'get', 'clusters');
    expect(found.stderr).toMatch(
      /^resedge: cannot reach http:\/\/127\.0\.0\.1:1: .+\n$/,
    );
    expect(found.status).toBe(3);
  });
});
