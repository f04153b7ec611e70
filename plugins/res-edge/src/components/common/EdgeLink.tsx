import { Link } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import styles from './common.module.css';

/** Addresses of the catalog's pages of entities. */
export function useEntityHref(): (kind: string, name: string) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return (kind, name) =>
    entityRoute({ kind: kind.toLowerCase(), namespace: 'default', name });
}

/** A link to an entity's page; it says the name, or the title where there is one. */
export function EdgeLink(props: {
  kind: EdgeKind;
  name: string;
  title?: string;
}) {
  const href = useEntityHref();
  return (
    <Link
      href={href(props.kind, props.name)}
      standalone
      className={styles.link}
      title={props.title ? props.name : undefined}
    >
      {props.title ?? props.name}
    </Link>
  );
}

/** A link to what a reference such as `edgegroup:default/geo.us#spec.values` means; the reference as text where it means no entity. */
export function EdgeRefLink(props: { reference: string }) {
  const href = useEntityHref();
  const [reference, field] = props.reference.split('#');
  try {
    const { kind, name } = parseEntityRef(reference);
    return (
      <span>
        <Link href={href(kind, name)} title={reference} className={styles.link}>
          {`${kindWord(kind)} ${name}`}
        </Link>
        {field && ` (${field})`}
      </span>
    );
  } catch {
    return <span>{props.reference}</span>;
  }
}

/** `edgecluster` in people's words: `cluster`. */
export function kindWord(kind: string): string {
  return kind.toLowerCase().replace(/^edge/, '');
}
