import { ReactNode } from 'react';
import styles from './common.module.css';

/** How good something is; said in words too, never by colour alone. */
export type Tone = 'neutral' | 'success' | 'info' | 'warning' | 'danger';

/** A word with a coloured dot before it. */
export function Status(props: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.status} data-tone={props.tone}>
      {props.children}
    </span>
  );
}
