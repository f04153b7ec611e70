import { Alert } from '@backstage/ui';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { counted } from '../common';
import { ProblemItems } from '../Problems/ProblemItems';

/** The problems that a plan met; nothing where it met none. */
export function PlanProblems(props: { problems: readonly Problem[] }) {
  const { problems } = props;
  if (problems.length === 0) {
    return null;
  }
  return (
    <Alert
      status="warning"
      icon
      title={`${counted(
        problems.length,
        'problem',
      )}; what is concerned stays as it is`}
      description={<ProblemItems problems={problems} />}
    />
  );
}
