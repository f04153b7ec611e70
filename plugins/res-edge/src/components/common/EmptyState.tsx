import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './common.module.css';

/** What stands where nothing is to be shown, and what to do about it. */
export function EmptyState(props: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <Text as="h3" variant="title-x-small">
        {props.title}
      </Text>
      {props.children && (
        <Text as="p" variant="body-medium" color="secondary">
          {props.children}
        </Text>
      )}
      {props.action}
    </div>
  );
}
