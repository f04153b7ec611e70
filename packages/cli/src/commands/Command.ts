import { Option } from 'commander';
import { Progress } from '../terminal/Progress';
import { Surroundings } from '../terminal/Streams';

/** How an answer is written; `table` where nothing is asked for. @internal */
export type Output = 'table' | 'wide' | 'json' | 'yaml' | 'name';

/** The values of all options that there are; a command sees those that it has. @internal */
export interface OptionValues {
  readonly output?: Output;
  readonly out?: string;
  readonly allowedKinds?: string;
  readonly engine?: 'flux' | 'argocd';
  readonly transport?: 'git' | 'oci';
  readonly server?: string;
  readonly context?: string;
  readonly tokenFile?: string;
  readonly tokenStdin?: boolean;
  readonly filter?: readonly string[];
  readonly group?: string;
  readonly selector?: string;
  readonly search?: string;
  readonly limit?: number;
  readonly since?: number;
  readonly count?: number;
  readonly filename?: readonly string[];
  readonly dryRun?: boolean;
  readonly atomic?: boolean;
  readonly drift?: boolean;
  readonly actor?: string;
  readonly operation?: string;
  readonly from?: string;
  readonly to?: string;
  readonly mapping?: string;
  readonly defaults?: string;
  readonly reason?: string;
  readonly ring?: string;
  readonly timeout?: number;
  readonly digest?: string;
  readonly refuse?: boolean;
  readonly breakGlass?: boolean;
  readonly guard?: boolean;
  readonly until?: string;
  readonly merge?: boolean;
  readonly title?: string;
  readonly clusters?: string;
  readonly application?: readonly string[];
  readonly namespace?: readonly string[];
  readonly except?: readonly string[];
  readonly lift?: readonly string[];
  readonly pinVersion?: string;
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly release?: string;
  readonly days?: number;
  readonly reportAfter?: number;
  readonly failed?: number;
  readonly unreachable?: number;
  readonly approveAfter?: number;
}

/** How a command was called. @internal */
export interface Call {
  /** As many as one of {@link Command.usages} has. */
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  /** `-o json`. */
  readonly json: boolean;
  readonly streams: Surroundings;
  readonly progress: Progress;
}

/** A command of `resedge`. @internal */
export interface Command {
  /** A word, or two where the first is that of several commands: `config use-context`. */
  readonly name: string;
  /** The arguments that may be given, in their order: each entry is one way to call it, told apart by their number. */
  readonly usages: readonly (readonly string[])[];
  /** What `-o` may be beside `table`. */
  readonly outputs: readonly Exclude<Output, 'table'>[];
  readonly options: readonly Option[];
  /** One line. */
  readonly summary: string;
  /** What else there is to know, in lines of at most 80 characters. */
  readonly description: string;
  readonly examples: readonly string[];
  /** Resolves to the exit status: 0, or 1 where problems were found. */
  run(call: Call): Promise<number>;
}
