import { Progress } from '../terminal/Progress';
import { Streams } from '../terminal/Streams';

/** How a command was called. @internal */
export interface Call {
  /** In the order of {@link Command.positionals}. */
  readonly positionals: readonly string[];
  /** `-o json`. */
  readonly json: boolean;
  /** `--out`, of commands that have it. */
  readonly out?: string;
  readonly streams: Streams;
  readonly progress: Progress;
}

/** A command of `resedge`. @internal */
export interface Command {
  readonly name: string;
  /** What must be given, in this order. */
  readonly positionals: readonly string[];
  /** Whether `--out DIR` must be given. */
  readonly hasOut?: boolean;
  /** One line. */
  readonly summary: string;
  /** What else there is to know, in lines of at most 80 characters. */
  readonly description: string;
  readonly examples: readonly string[];
  /** Resolves to the exit status: 0, or 1 where problems were found. */
  run(call: Call): Promise<number>;
}
