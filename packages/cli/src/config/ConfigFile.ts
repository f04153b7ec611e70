import { yamlDocuments } from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { Surroundings } from '../terminal/Streams';
import { UsageError } from '../UsageError';
import { checkServer } from './checkServer';
import { CliConfig, Context } from './Context';

const OTHERS = 0o077;

/**
 * The configuration file of a person: contexts, with their tokens where they are kept there. It is its owner's alone.
 *
 * @internal
 */
export class ConfigFile {
  private constructor(readonly location: string) {}

  /** That of `RESEDGE_CONFIG`, or `resedge/config.yaml` in the folder for configuration. */
  static of({ env }: Pick<Surroundings, 'env'>): ConfigFile {
    const home = env.HOME || os.homedir();
    const folder = env.XDG_CONFIG_HOME || path.join(home, '.config');
    return new ConfigFile(
      env.RESEDGE_CONFIG || path.join(folder, 'resedge', 'config.yaml'),
    );
  }

  /**
   * What it holds; no context where there is no file.
   *
   * @throws UsageError where it cannot be read, or where others can read a token in it
   */
  read(): CliConfig {
    let text: string;
    try {
      text = fs.readFileSync(this.location, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return { contexts: [] };
      throw new UsageError(
        `cannot read '${this.location}': ${messageOf(error)}`,
      );
    }
    const [document] = yamlDocuments(text);
    if (document?.problem)
      throw new UsageError(`'${this.location}': ${document.problem.message}`);
    const config = this.parse(document?.value ?? {});
    const { mode } = fs.statSync(this.location);
    if (config.contexts.some(({ token }) => token) && mode & OTHERS) {
      throw new UsageError(
        `'${this.location}' holds a token, and others can read it: chmod 600 '${this.location}'`,
      );
    }
    return config;
  }

  /** Replaces it as a whole, readable for its owner alone. */
  write({ currentContext, contexts }: CliConfig): void {
    const folder = path.dirname(this.location);
    const next = path.join(folder, `.config-${randomUUID()}.yaml`);
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      fs.writeFileSync(next, stringify({ currentContext, contexts }), {
        mode: 0o600,
        flag: 'wx',
      });
      fs.renameSync(next, this.location);
    } catch (error) {
      fs.rmSync(next, { force: true });
      throw new UsageError(
        `cannot write '${this.location}': ${messageOf(error)}`,
      );
    }
  }

  private parse(value: unknown): CliConfig {
    const { currentContext, contexts = [] } = this.mapping(value, '');
    if (!Array.isArray(contexts)) throw this.wrong('contexts', 'is no list');
    return {
      currentContext: this.text(currentContext, 'currentContext'),
      contexts: contexts.map((each, index) =>
        this.parseContext(each, `contexts[${index}]`),
      ),
    };
  }

  private parseContext(value: unknown, field: string): Context {
    const mapping = this.mapping(value, field);
    const text = (key: string) => this.text(mapping[key], `${field}.${key}`);
    const [name, server] = [text('name'), text('server')];
    if (!name) throw this.wrong(`${field}.name`, 'is missing');
    if (!server) throw this.wrong(`${field}.server`, 'is missing');
    return {
      name,
      server: checkServer(server, `'${this.location}': ${field}.server`),
      token: text('token'),
      tokenFile: text('tokenFile'),
    };
  }

  private mapping(value: unknown, field: string): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.wrong(field || 'the file', 'is no mapping');
    return value as Record<string, unknown>;
  }

  /** What is wrong is never shown: it may be a token. */
  private text(value: unknown, field: string): string | undefined {
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrong(field, 'is no text');
  }

  private wrong(field: string, message: string): UsageError {
    return new UsageError(`'${this.location}': ${field} ${message}`);
  }
}

function messageOf(error: unknown): string {
  return (error as Error).message;
}
