import { FormEvent, useState } from 'react';
import { Button, TextField } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import common from '../common/common.module.css';
import { ExplanationDialog } from '../Explanation/ExplanationDialog';
import { RolloutSection } from '../Rollouts';
import { SimulationSection } from '../Simulation';
import { ApplicationStatusSection } from '../Status';
import { EntityAuditLink } from '../Audit/EntityAuditLink';
import { ApplicationPlacements } from './ApplicationPlacements';
import styles from './entity.module.css';

/** Where the application of this page waits to change, runs and is refused, and why; any other cluster on demand. */
export function ApplicationContent() {
  const { metadata, spec } = useEntity().entity;
  const { name } = metadata;
  const [typed, setTyped] = useState('');
  const [cluster, setCluster] = useState<string>();
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setCluster(typed.trim() || undefined);
  };
  return (
    <div className={styles.layout}>
      <form className={common.toolbar} onSubmit={ask}>
        <div className={common.toolbarField}>
          <TextField
            label="Why here, why not there?"
            placeholder="Name of a cluster"
            value={typed}
            onChange={setTyped}
          />
        </div>
        <Button
          type="submit"
          variant="secondary"
          isDisabled={typed.trim() === ''}
        >
          Explain
        </Button>
      </form>
      <RolloutSection application={name} />
      {spec?.rollout && <SimulationSection application={name} />}
      <ApplicationStatusSection application={name} />
      <ApplicationPlacements
        application={name}
        state="held"
        onExplain={setCluster}
      />
      <ApplicationPlacements
        application={name}
        state="placed"
        onExplain={setCluster}
      />
      <ApplicationPlacements
        application={name}
        state="refused"
        onExplain={setCluster}
      />
      <ExplanationDialog
        asked={cluster ? { application: name, cluster } : undefined}
        onClose={() => setCluster(undefined)}
      />
      <EntityAuditLink kind="EdgeApplication" name={name} />
    </div>
  );
}
