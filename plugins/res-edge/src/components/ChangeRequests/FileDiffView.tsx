import { useMemo } from 'react';
import { Badge } from '@backstage/ui';
import { FileDiff } from '@res-edge/backstage-plugin-res-edge-common';
import { DiffLine, parseDiff } from './parseDiff';
import styles from './FileDiffView.module.css';

const SIGNS: Record<DiffLine['kind'], string> = {
  added: '+',
  removed: '-',
  context: ' ',
  hunk: '',
  note: '',
};

const LONG_FILE = 200;

/** One file of a change request: its path, what happened to it, and the lines that differ. */
export function FileDiffView(props: { file: FileDiff; startOpen: boolean }) {
  const { path, patch, status } = props.file;
  const lines = useMemo(() => parseDiff(patch ?? ''), [patch]);
  const added = lines.filter(line => line.kind === 'added').length;
  const removed = lines.filter(line => line.kind === 'removed').length;
  return (
    <details
      className={styles.file}
      open={props.startOpen && lines.length <= LONG_FILE}
    >
      <summary className={styles.summary}>
        <span className={styles.path}>{path}</span>
        <Badge>{status}</Badge>
        <span
          className={styles.numbers}
          aria-label={`${added} lines added, ${removed} removed`}
        >
          <span className={styles.plus}>+{added}</span>
          <span className={styles.minus}>−{removed}</span>
        </span>
      </summary>
      {lines.length === 0 ? (
        <div className={styles.none}>
          {patch === undefined
            ? 'Too long to be shown here.'
            : 'No lines differ.'}
        </div>
      ) : (
        <div
          className={styles.scroll}
          // what scrolls must be reachable by keyboard
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label={`Differences in ${path}`}
        >
          <table className={styles.lines}>
            <tbody>
              {lines.map((line, index) => (
                <tr key={index} data-kind={line.kind}>
                  <td className={styles.number}>{line.before}</td>
                  <td className={styles.number}>{line.after}</td>
                  <td className={styles.sign}>{SIGNS[line.kind]}</td>
                  <td>{line.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
