import { ReactNode, useId } from 'react';
import { Text } from '@backstage/ui';
import styles from './common.module.css';

/** A part of a page under a heading of its own. */
export function Section(props: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionTitle}>
        <Text as="h2" variant="title-x-small" id={id}>
          {props.title}
        </Text>
        {props.note && (
          <Text as="span" variant="body-small" color="secondary">
            {props.note}
          </Text>
        )}
      </div>
      {props.children}
    </section>
  );
}
