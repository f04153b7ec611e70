import { Text } from '@backstage/ui';
import { Explanation } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { EdgeRefLink, Loaded, Status, Tone } from '../common';
import { NotYet, useNewestRollouts } from '../Rollouts';
import styles from './explanation.module.css';

type Step = Explanation['steps'][number];

const STEPS: Record<Step['step'], string> = {
  target: 'Is it a target?',
  prohibit: 'Is it prohibited?',
  fit: 'Does it fit?',
  depend: 'Is what it needs there?',
  hold: 'May it change now?',
};

const VERDICTS: Record<Step['verdict'], [Tone, string]> = {
  passed: ['success', 'passed'],
  failed: ['danger', 'failed'],
  skipped: ['neutral', 'not asked'],
};

function staged({ delivered, eta, ring, steps }: Explanation) {
  const reasons = steps
    .filter(({ step, verdict }) => step === 'hold' && verdict === 'failed')
    .map(({ message }) => message);
  return {
    ...{ delivered, eta, ring },
    reasons: reasons.length > 0 ? reasons : undefined,
  };
}

/** Why an application runs on a cluster, or why not: step by step, with the rule, and what would have to change. */
export function ExplanationView(props: {
  application: string;
  cluster: string;
}) {
  const { application, cluster } = props;
  const resource = useResource(
    JSON.stringify(['explain', application, cluster]),
    api => api.explain({ application, cluster }),
  );
  const rollout = useNewestRollouts().get(application);
  return (
    <Loaded resource={resource}>
      {explanation => (
        <div className={styles.explanation}>
          <Text as="p" weight="bold">
            {explanation.summary}
          </Text>
          {rollout && (
            <NotYet placement={staged(explanation)} rollout={rollout} />
          )}
          <ol className={styles.steps}>
            {explanation.steps.map(step => {
              const [tone, word] = VERDICTS[step.verdict];
              return (
                <li key={step.step} data-verdict={step.verdict}>
                  <div className={styles.question}>
                    <Text weight="bold">{STEPS[step.step]}</Text>
                    <Status tone={tone}>{word}</Status>
                  </div>
                  <div>{step.message}</div>
                  {step.rule && (
                    <Text as="div" variant="body-small" color="secondary">
                      Rule: <EdgeRefLink reference={step.rule} />
                    </Text>
                  )}
                  {step.wouldChange && (
                    <Text as="div" variant="body-small" color="secondary">
                      To change that: {step.wouldChange}
                    </Text>
                  )}
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </Loaded>
  );
}
