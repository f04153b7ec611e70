import styles from './common.module.css';

const format = new Intl.NumberFormat('en');

/** A number as people write it. */
export function count(value: number): string {
  return format.format(value);
}

/** A number with its noun: `1 cluster`, `2,000 clusters`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${value === 1 ? noun : `${noun}s`}`;
}

/** A number in a column of numbers. */
export function Count(props: { value: number }) {
  return <span className={styles.number}>{count(props.value)}</span>;
}
