import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  EdgeKind,
  resEdgeAuditReadPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { auditRouteRef } from '../../routes';

/** Leads to who changed an entity, for those who may read that. */
export function EntityAuditLink(props: { kind: EdgeKind; name: string }) {
  const path = useRouteRef(auditRouteRef)();
  const { allowed } = usePermission({ permission: resEdgeAuditReadPermission });
  if (!allowed) {
    return null;
  }
  const query = new URLSearchParams({ kind: props.kind, name: props.name });
  return (
    <div>
      <Link href={`${path}?${query}`} variant="body-small">
        Who changed this
      </Link>
    </div>
  );
}
