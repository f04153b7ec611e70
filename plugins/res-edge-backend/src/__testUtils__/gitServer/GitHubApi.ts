import { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from './HttpError';
import { ObjectStore, TreeItem } from './ObjectStore';
import { TestPulls } from './TestPulls';

const BASE = /^\/api\/v3\/repos\/fleet\/gitops/;
/** GitHub does not promise how many; more than so many were seen to end in 502. */
const MAX_TREE_ITEMS = 500;
const MAX_TREE_BYTES = 2_500_000;

/* eslint-disable-next-line @typescript-eslint/no-explicit-any */
type Body = Record<string, any>;
type Answer = { status: number; body?: unknown };

/**
 * The part of GitHub's REST API that Res-Edge uses, over a real bare repository: objects, refs and merges are git's own.
 * Status codes and limits are those that GitHub documents.
 */
export class GitHubApi {
  /** Paths that were answered, with the method, such as `POST /git/trees`. */
  readonly calls: string[] = [];

  private constructor(readonly store: ObjectStore, readonly pulls: TestPulls) {}

  static create(repository: string): GitHubApi {
    const store = ObjectStore.create(repository);
    return new GitHubApi(store, TestPulls.create(store));
  }

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url!, 'http://server');
    const path = decodeURIComponent(url.pathname).replace(BASE, '');
    this.calls.push(`${request.method} ${path}`);
    let answer: Answer;
    try {
      answer = await this.route(
        `${request.method} ${path}`,
        text === '' ? {} : JSON.parse(text),
        url.searchParams,
        text.length,
      );
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      answer = { status: error.status, body: { message: error.message } };
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(
      answer.body === undefined ? undefined : JSON.stringify(answer.body),
    );
  }

  private async route(
    what: string,
    body: Body,
    query: URLSearchParams,
    bytes: number,
  ): Promise<Answer> {
    const { store, pulls } = this;
    const checked = /^POST \/statuses\/([0-9a-f]{40})$/.exec(what)?.[1];
    if (checked) {
      if (!(await store.resolve(checked)))
        throw new HttpError(422, `No commit found for SHA: ${checked}`);
      return created(pulls.check(checked, body as never));
    }
    const ref = /^GET \/git\/ref\/(heads\/.+)$/.exec(what)?.[1];
    if (ref) return ok(refOf(ref, await this.refTip(ref)));
    const moved = /^(PATCH|DELETE) \/git\/refs\/(heads\/.+)$/.exec(what);
    if (moved?.[1] === 'DELETE') {
      if (!(await store.resolve(`refs/${moved[2]}`)))
        throw new HttpError(422, 'Reference does not exist');
      await store.moveRef(`refs/${moved[2]}`, undefined);
      return { status: 204 };
    }
    if (moved) {
      const tip = await store.resolve(`refs/${moved[2]}`);
      if (!tip) throw new HttpError(422, 'Reference does not exist');
      if (!body.force && !(await store.isAncestor(tip, body.sha)))
        throw new HttpError(422, 'Update is not a fast forward');
      await store.moveRef(`refs/${moved[2]}`, body.sha);
      return ok(refOf(moved[2], body.sha));
    }
    switch (what) {
      case 'POST /git/blobs':
        return created({
          sha: await store.writeBlob(
            Buffer.from(body.content, body.encoding ?? 'utf8'),
          ),
        });
      case 'POST /git/trees': {
        const items = body.tree as TreeItem[];
        if (items.length > MAX_TREE_ITEMS || bytes > MAX_TREE_BYTES)
          throw new HttpError(502, 'Server Error');
        return created({ sha: await store.writeTree(body.base_tree, items) });
      }
      case 'POST /git/commits':
        return created({ sha: await store.writeCommit(body as never) });
      case 'POST /git/refs': {
        if (await store.resolve(body.ref))
          throw new HttpError(422, 'Reference already exists');
        await store.moveRef(body.ref, body.sha);
        return created(refOf(body.ref.slice('refs/'.length), body.sha));
      }
      case 'GET /pulls':
        return ok(await pulls.list(query));
      case 'POST /pulls':
        return created(await pulls.open(body as never));
      case 'POST /api/graphql':
        return ok(pulls.graphql(body as never));
      default:
        return this.routeOfPull(what, body);
    }
  }

  private async routeOfPull(what: string, body: Body): Promise<Answer> {
    const found = /^(\w+) \/(?:pulls|issues)\/(\d+)(\/.*)?$/.exec(what);
    if (!found) throw new HttpError(404, `Not Found: ${what}`);
    const [, method, digits, rest = ''] = found;
    const pull = await this.pulls.get(Number(digits));
    switch (`${method} ${rest}`) {
      case 'GET ':
        return ok(pull);
      case 'PATCH ':
        return ok(await this.pulls.update(pull.number, body));
      case 'PUT /merge':
        return ok(await this.pulls.merge(pull.number, body as never));
      case 'POST /labels':
        return ok(await this.pulls.label(pull.number, body.labels));
      case 'POST /comments':
        return created(await this.pulls.comment(pull.number, body.body));
      case 'POST /requested_reviewers':
        return created(await this.pulls.review(pull.number, body as never));
      default:
        throw new HttpError(404, `Not Found: ${what}`);
    }
  }

  private async refTip(ref: string): Promise<string> {
    const tip = await this.store.resolve(`refs/${ref}`);
    if (!tip) throw new HttpError(404, 'Not Found');
    return tip;
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function created(body: unknown): Answer {
  return { status: 201, body };
}

function refOf(ref: string, sha: string) {
  return { ref: `refs/${ref}`, object: { type: 'commit', sha } };
}
