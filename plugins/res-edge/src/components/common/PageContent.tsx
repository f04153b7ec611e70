import { ReactNode } from 'react';
import { Container } from '@backstage/ui';
import styles from './common.module.css';

/** The content of one page below its header. */
export function PageContent(props: { children: ReactNode }) {
  return <Container className={styles.page}>{props.children}</Container>;
}
