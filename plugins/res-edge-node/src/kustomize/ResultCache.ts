/** Texts by key, up to a size; the one not asked for longest goes first. @internal */
export class ResultCache {
  private readonly entries = new Map<string, string>();
  private size = 0;

  constructor(private readonly maxSize: number) {}

  get(key: string): string | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: string): void {
    this.remove(key);
    if (value.length > this.maxSize) return;
    this.entries.set(key, value);
    this.size += value.length;
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.maxSize) break;
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.size -= value.length;
    this.entries.delete(key);
  }
}
