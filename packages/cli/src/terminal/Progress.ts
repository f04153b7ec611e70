import { Writable } from './Streams';

const INTERVAL_MILLISECONDS = 100;
const BAR_WIDTH = 24;

/**
 * One line on a terminal that says how far long work is. Nothing is written where the stream is no terminal.
 *
 * @internal
 */
export class Progress {
  private label = '';
  private last = 0;

  private constructor(private readonly stream: Writable | undefined) {}

  static create(stream: Writable): Progress {
    return new Progress(stream.isTTY ? stream : undefined);
  }

  /** Begins a piece of work. */
  start(label: string): void {
    this.label = label;
    this.last = 0;
    this.advance(0);
  }

  /** Tells how much is done; with `total`, a bar shows the share. */
  advance(done: number, total?: number): void {
    if (!this.stream) return;
    const now = Date.now();
    if (now - this.last < INTERVAL_MILLISECONDS) return;
    this.last = now;
    const amount = done > 0 ? ` ${done.toLocaleString('en')}` : '';
    this.stream.write(`\r\x1b[K${bar(done, total)}${this.label}${amount}`);
  }

  /** Takes the line away. */
  clear(): void {
    this.stream?.write('\r\x1b[K');
  }
}

function bar(done: number, total: number | undefined): string {
  if (!total) return '';
  const share = Math.min(done / total, 1);
  const filled = Math.round(share * BAR_WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(filled).padEnd(BAR_WIDTH)}] ${percent}% `;
}
