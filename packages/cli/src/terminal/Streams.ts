/** Where a command writes to; `process` is one. @public */
export interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** What a command has around it; `process` is one. @public */
export interface Surroundings extends Streams {
  /** What `-f -` and `--token-stdin` read. */
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The part of a stream that a command needs. @public */
export interface Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Answers false where the reader is behind; then `drain` tells when to go on. */
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** Writes, and waits for a reader who is behind. @internal */
export async function writeTo(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) {
    await new Promise<void>(resolve => {
      stream.once('drain', resolve);
    });
  }
}
