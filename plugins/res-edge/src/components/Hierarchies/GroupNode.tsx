import { useState } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import { GroupRow } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { Bar, ErrorState, count, counted } from '../common';
import styles from './hierarchies.module.css';

const FIRST_CHILDREN = 100;

interface TreeProps {
  selected?: string;
  onSelect: (group: string) => void;
  /** Clusters of the root: what the bars are measured against. */
  total: number;
}

function Children(props: TreeProps & { parent: string }) {
  const { parent, ...tree } = props;
  const [all, setAll] = useState(false);
  const { value, error, reload } = useResource(`group/${parent}`, api =>
    api.getGroup({ name: parent }),
  );
  if (error && !value) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!value) {
    return <Skeleton width="70%" height={16} />;
  }
  const { children } = value;
  const shown = all ? children : children.slice(0, FIRST_CHILDREN);
  return (
    <ul className={styles.children}>
      {shown.map(child => (
        <GroupNode key={child.name} group={child} {...tree} />
      ))}
      {shown.length < children.length && (
        <li>
          <Button variant="tertiary" onPress={() => setAll(true)}>
            Show all {count(children.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** A group in its tree; its children are read when it is opened. */
export function GroupNode(
  props: TreeProps & { group: GroupRow; startOpen?: boolean },
) {
  const { group, startOpen = false, ...tree } = props;
  const [open, setOpen] = useState(startOpen);
  const name = group.title ?? group.name;
  return (
    <li>
      <div className={styles.row} data-selected={tree.selected === group.name}>
        {group.children > 0 ? (
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={open}
            aria-label={`Groups in ${name}`}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'}
          </button>
        ) : (
          <span />
        )}
        <button
          type="button"
          className={styles.name}
          aria-pressed={tree.selected === group.name}
          title={group.name}
          onClick={() => tree.onSelect(group.name)}
        >
          {name}
          {group.problems ? ` (${counted(group.problems, 'problem')})` : ''}
        </button>
        <Bar
          total={tree.total}
          parts={[{ value: group.clusters, tone: 'info' }]}
          label={`${count(group.clusters)} of ${count(tree.total)}`}
        />
        <span className={styles.number}>{count(group.clusters)}</span>
      </div>
      {open && group.children > 0 && <Children parent={group.name} {...tree} />}
    </li>
  );
}
