import { ReactNode } from 'react';
import { Alert, Skeleton } from '@backstage/ui';
import { Resource } from '../../hooks';
import { ErrorState } from './ErrorState';
import styles from './common.module.css';

/** Shows a resource in each of its states: loading, failed, there, and there but older than the last failed reading. */
export function Loaded<T>(props: {
  resource: Resource<T>;
  children: (value: T) => ReactNode;
}) {
  const { value, error, reload } = props.resource;
  if (value === undefined && error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (value === undefined) {
    return (
      <div className={styles.skeletons} role="status" aria-label="Loading">
        <Skeleton width="30%" height={24} />
        <Skeleton width="100%" height={16} />
        <Skeleton width="90%" height={16} />
        <Skeleton width="60%" height={16} />
      </div>
    );
  }
  return (
    <>
      {error && (
        <Alert
          status="warning"
          icon
          title="Not up to date"
          description={error.message}
          mb="3"
        />
      )}
      {props.children(value)}
    </>
  );
}
