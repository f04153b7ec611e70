import {
  ContentSubject,
  contentSubject,
  FileMap,
  readDecisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository } from '../git';
import { MAIN } from './MainBranch';
import { contentRelease } from './stagedContents';

/** So many states of a namespace or group are looked at. */
const MAX_TRIES = 100;

/** Finds in the history of main what a namespace or group was. @internal */
export class FormerContent {
  private constructor(private readonly repository: GitRepository) {}

  static create(options: { repository: GitRepository }): FormerContent {
    return new FormerContent(options.repository);
  }

  /**
   * The files that said what it is when its content was this one, of a group with that content; undefined where that is not
   * among its latest states.
   *
   * @param release - as `contentRelease` gives it
   */
  async find(
    content: ContentSubject,
    release: string,
  ): Promise<FileMap | undefined> {
    // Its folder on main has the same name.
    const folder = contentSubject(content);
    const isRead = (path: string) =>
      /^[^/]+\/[^/]+\/[^/]+$/.test(path) ||
      path.startsWith(`${folder}/versions/${release}/`);
    const log = await this.repository.log(MAIN, {
      ...{ path: folder, limit: MAX_TRIES },
    });
    for (const { commit } of log) {
      const entries = await this.repository.list(commit, folder);
      const paths = entries.map(({ path }) => path).filter(isRead);
      const files = await this.repository.read(commit, paths);
      const { decisions } = readDecisions(files);
      if (contentRelease(decisions, content) === release) return files;
    }
    return undefined;
  }
}
