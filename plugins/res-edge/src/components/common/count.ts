const format = new Intl.NumberFormat('en');

/** A number as people write it. */
export function count(value: number): string {
  return format.format(value);
}

/** A number with its noun: `1 cluster`, `2,000 clusters`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${value === 1 ? noun : `${noun}s`}`;
}
