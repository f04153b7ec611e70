import { Alert } from '@backstage/ui';
import styles from './selectors.module.css';

/** The line of a text that holds a position, and how far into it the position is. */
export function lineAt(
  text: string,
  position: number,
): { line: string; number: number; column: number } {
  const place = Math.min(Math.max(position, 0), text.length);
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const end = text.indexOf('\n', place);
  return {
    line: text.slice(start, end === -1 ? undefined : end),
    number: text.slice(0, start).split('\n').length,
    column: place - start,
  };
}

/** What is wrong with a selector, with a caret below the place. */
export function SelectorErrorView(props: {
  text: string;
  message: string;
  position?: number;
}) {
  const { text, message, position } = props;
  const place = position === undefined ? undefined : lineAt(text, position);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={
        place
          ? `Line ${place.number}, character ${place.column + 1}`
          : 'This is no selector'
      }
      description={
        <>
          {place && (
            <pre className={styles.caret} data-testid="selector-error-place">
              {`${place.line}\n${' '.repeat(place.column)}^`}
            </pre>
          )}
          {message}
        </>
      }
    />
  );
}
