import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { resEdgePlanRunPermission } from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';

/** Asks for a plan now, for those who may. */
export function RunPlanButton(props: { onAsked: () => void }) {
  const api = useApi(resEdgeApiRef);
  const { allowed } = usePermission({ permission: resEdgePlanRunPermission });
  const [asking, setAsking] = useState(false);
  const [message, setMessage] = useState('');
  if (!allowed) {
    return null;
  }
  const ask = async () => {
    setAsking(true);
    try {
      await api.runPlan();
      setMessage('Asked for; the catalog is read and planned now.');
    } catch (error) {
      setMessage((error as Error).message);
    }
    setAsking(false);
    props.onAsked();
  };
  return (
    <>
      <Button variant="secondary" onPress={ask} isPending={asking}>
        Plan now
      </Button>
      <Text role="status" variant="body-small" color="secondary">
        {message}
      </Text>
    </>
  );
}
