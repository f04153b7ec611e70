import {
  PolicyRow,
  PolicyType,
  TimeRange,
} from '@res-edge/backstage-plugin-res-edge-common';
import { counted, Time, timeInWords } from '../common';

const VERBS: Record<Exclude<PolicyType, 'approval' | 'rollout'>, string> = {
  prohibition: 'Forbids on',
  window: 'Closed on',
  freeze: 'Holds on',
  override: 'Lifts on',
};

/** What a policy holds, forbids or lifts now and until when; or when it begins, or ended. */
export function PolicyEffect(props: { policy: PolicyRow }) {
  const { clusters, ends, held, namespaces, period, phase, refused, type } =
    props.policy;
  if (phase === 'unmerged') return <>No effect until it is merged</>;
  if (phase === 'upcoming') return <At word="Begins" value={period?.first} />;
  if (phase === 'over') return <At word="Ended" value={period?.last} />;
  if (type === 'rollout') return <Rings policy={props.policy} />;
  if (type === 'window' && namespaces.length === 0) {
    return <>No namespace names it</>;
  }
  if (type === 'approval') return <>Asked before a merge</>;
  if (clusters === 0) {
    return <>{type === 'window' ? 'Open everywhere' : 'On no cluster'}</>;
  }
  return (
    <>
      {VERBS[type]} {counted(clusters, 'cluster')}
      {held !== undefined &&
        `; ${counted(held, 'change')} ${held === 1 ? 'waits' : 'wait'} for it`}
      {refused !== undefined && `; ${counted(refused, 'placement')} refused`}
      {ends && (
        <>
          ; <Times word={type === 'window' ? 'opens' : 'ends'} range={ends} />
        </>
      )}
    </>
  );
}

/** Its rings with their clusters, and those that no ring selects. */
function Rings(props: { policy: PolicyRow }) {
  const { applications = [], clusters, rings = [] } = props.policy;
  return (
    <>
      {counted(applications.length, 'application')};{' '}
      {rings
        .map(ring => `${ring.name}: ${counted(ring.clusters, 'cluster')}`)
        .join(', ')}
      {clusters > 0 &&
        `; of the last, ${counted(clusters, 'cluster')} that no ring selects`}
    </>
  );
}

function At(props: { word: string; value?: string }) {
  return (
    <>
      {props.word} {props.value && <Time value={props.value} />}
    </>
  );
}

/** When something comes on the first cluster, and on the last where that is another time. */
function Times(props: { word: string; range: TimeRange }) {
  const { word, range } = props;
  const { first, last } = range;
  if (!first) return <>no end is known</>;
  return (
    <>
      {word} <Time value={first} />
      {last === undefined && ', on some clusters at no time that is known'}
      {last !== undefined && timeInWords(last) !== timeInWords(first) && (
        <>
          {' '}
          on the first, <Time value={last} /> on the last
        </>
      )}
    </>
  );
}
