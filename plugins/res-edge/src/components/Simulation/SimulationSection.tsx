import { FormEvent, useState } from 'react';
import { Button, Select, Text, TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { ErrorState, exactTime, Section } from '../common';
import common from '../common/common.module.css';
import { rolloutSubject } from '../Rollouts/rolloutSubject';
import { SimulatedRings } from './SimulatedRings';
import { SimulationChart } from './SimulationChart';
import styles from './simulation.module.css';

const DAYS = ['3', '7', '14', '31'].map(value => ({
  ...{ value, label: `${value} days` },
}));
/** Minutes until a person agrees; nobody does where it is empty. */
const AGREEMENT = [
  { value: 'never', label: 'Nobody agrees' },
  { value: '0', label: 'At once' },
  { value: '480', label: 'After 8 hours' },
  { value: '1440', label: 'After a day' },
];
const FAILURES = [
  { value: '0', label: 'None' },
  { value: '0.01', label: '1%' },
  { value: '0.05', label: '5%' },
  { value: '0.2', label: '20%' },
];

/** What came of it, in a sentence. */
function outcome({ everywhereAt, phase, waitsFor, ...of }: RolloutSimulation) {
  const version = isContent(of) ? 'The content' : of.version;
  if (phase === 'done' || waitsFor === undefined)
    return everywhereAt
      ? `${version} is on all clusters on ${exactTime(everywhereAt)}.`
      : `It is ${phase} in the end.`;
  return `${version} does not come to its end: ${waitsFor}.`;
}

function isContent(of: Pick<RolloutSimulation, 'application'>): boolean {
  return rolloutSubject(of).kind !== 'EdgeApplication';
}

/** What a rollout would do over the next days, on demand: hour by hour, and when each ring begins and ends. */
export function SimulationSection(props: { application: string }) {
  const { application } = props;
  const api = useApi(resEdgeApiRef);
  const [version, setVersion] = useState('');
  const [days, setDays] = useState('7');
  const [agreement, setAgreement] = useState('480');
  const [failed, setFailed] = useState('0');
  const [running, setRunning] = useState(false);
  const [simulation, setSimulation] = useState<RolloutSimulation>();
  const [error, setError] = useState<Error>();
  const simulate = async () => {
    setRunning(true);
    setError(undefined);
    try {
      const given = version.trim();
      setSimulation(
        await api.simulateRollout({
          ...{ application, days: Number(days) },
          ...(given && { version: given }),
          assume: {
            failed: Number(failed),
            ...(agreement !== 'never' && { approveAfter: Number(agreement) }),
          },
        }),
      );
    } catch (caught) {
      setSimulation(undefined);
      setError(caught as Error);
    }
    setRunning(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    simulate();
  };
  return (
    <Section
      title="What would this do?"
      note="played over the next days; nothing is changed"
    >
      <form className={common.toolbar} onSubmit={submit}>
        {!isContent(props) && (
          <TextField
            className={styles.version}
            label="Version"
            placeholder="as it is now"
            maxLength={128}
            value={version}
            onChange={setVersion}
          />
        )}
        <Select
          label="Over"
          options={DAYS}
          value={days}
          onChange={value => setDays(String(value))}
        />
        <Select
          label="Approvals"
          options={AGREEMENT}
          value={agreement}
          onChange={value => setAgreement(String(value))}
        />
        <Select
          label="Failures"
          options={FAILURES}
          value={failed}
          onChange={value => setFailed(String(value))}
        />
        <Button type="submit" variant="secondary" isPending={running}>
          Simulate
        </Button>
      </form>
      {error && <ErrorState error={error} onRetry={simulate} />}
      {simulation && (
        <>
          <Text as="p" weight="bold">
            {outcome(simulation)}
          </Text>
          <SimulationChart simulation={simulation} />
          <SimulatedRings rings={simulation.rings} />
        </>
      )}
    </Section>
  );
}
