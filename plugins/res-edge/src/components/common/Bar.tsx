import { Tone } from './Status';
import styles from './common.module.css';

/** A horizontal bar of parts of a whole. `label` says in words what it shows. */
export function Bar(props: {
  total: number;
  parts: { value: number; tone: Tone }[];
  label: string;
}) {
  return (
    <span className={styles.bar} role="img" aria-label={props.label}>
      {props.parts.map((part, index) => (
        <span
          key={index}
          data-tone={part.tone}
          style={{
            width: `${props.total > 0 ? (100 * part.value) / props.total : 0}%`,
          }}
        />
      ))}
    </span>
  );
}
