import {
  Explanation,
  ExplanationStep,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Refusal } from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';

/** For those who may not see all that takes the room: the amounts would tell of the others. */
const HIDDEN_ROOM =
  'It does not fit into the room that others leave on this cluster';

/** An explanation without what it says about entities that the caller may not see. @internal */
export function shownExplanation(
  fleet: VisibleFleet,
  explanation: Explanation,
): Explanation {
  if (fleet.seesEverything) {
    return explanation;
  }
  const steps = explanation.steps.map(step => shownStep(fleet, step));
  const failed = steps.find(({ verdict }) => verdict === 'failed');
  const { application, cluster, placed } = explanation;
  return {
    ...explanation,
    steps,
    summary: placed
      ? explanation.summary
      : `'${application}' is not placed on '${cluster}'${
          failed ? `: ${failed.message}` : ''
        }`,
  };
}

/** Why an application is refused somewhere, as far as the caller may know. @internal */
export function shownReason(
  fleet: VisibleFleet,
  { step, reason }: Pick<Refusal, 'step' | 'reason'>,
): string {
  return step === 'fit' && !fleet.seesAll('EdgeApplication')
    ? HIDDEN_ROOM
    : fleet.text(reason);
}

function shownStep(
  fleet: VisibleFleet,
  { step, verdict, rule, message, wouldChange }: ExplanationStep,
): ExplanationStep {
  const shown: ExplanationStep = {
    step,
    verdict,
    rule: fleet.reference(rule),
    message: fleet.text(message),
    wouldChange: fleet.text(wouldChange),
  };
  if (step === 'fit' && !fleet.seesAll('EdgeApplication')) {
    return {
      step,
      verdict,
      rule: shown.rule,
      message:
        verdict === 'failed'
          ? HIDDEN_ROOM
          : 'It fits, or did not have to be asked for room',
    };
  }
  return shown;
}
