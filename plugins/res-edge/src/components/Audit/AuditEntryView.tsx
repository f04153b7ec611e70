import { Badge } from '@backstage/ui';
import {
  AuditEntry,
  isEdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink, Time, kindWord } from '../common';
import { differences } from './differences';
import styles from './audit.module.css';

/** Who did what to what, and when; folded out, each field before and after. */
export function AuditEntryView(props: { entry: AuditEntry }) {
  const { at, actor, operation, kind, name, before, after, request } =
    props.entry;
  const fields = differences(before, after);
  return (
    <details className={styles.entry}>
      <summary className={styles.summary}>
        <Badge>{operation}</Badge>
        <span className={styles.subject}>
          {kindWord(kind)}{' '}
          {isEdgeKind(kind) ? <EdgeLink kind={kind} name={name} /> : name}
        </span>
        <span className={styles.actor}>{actor}</span>
        <Time value={at} />
      </summary>
      <div
        className={styles.scroll}
        // what scrolls must be reachable by keyboard
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={`What became of ${kindWord(kind)} ${name}`}
      >
        {fields.length === 0 && <p>No field differs.</p>}
        <dl className={styles.fields}>
          {fields.map(field => (
            <div key={field.path}>
              <dt>{field.path}</dt>
              {field.before !== undefined && (
                <dd>
                  <del>{field.before}</del>
                </dd>
              )}
              {field.after !== undefined && (
                <dd>
                  <ins>{field.after}</ins>
                </dd>
              )}
            </div>
          ))}
        </dl>
        <p className={styles.note}>
          {new Date(at).toLocaleString()}
          {request && (
            <>
              , request <code>{request}</code>
            </>
          )}
        </p>
      </div>
    </details>
  );
}
