import {
  PolicyPhase,
  PolicyRow,
  PolicyType,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { EmptyState, Loaded, PageContent, Section, Time } from '../common';
import { PolicyCalendar } from './PolicyCalendar';
import { PolicyCard } from './PolicyCard';
import styles from './policies.module.css';

const SECTIONS: readonly { type: PolicyType; title: string; note: string }[] = [
  {
    type: 'freeze',
    title: 'Freezes',
    note: 'no change for a period, whatever windows say',
  },
  {
    type: 'override',
    title: 'Overrides',
    note: 'lift windows and freezes for a while',
  },
  {
    type: 'window',
    title: 'Windows',
    note: 'when changes may come, for the namespaces that name them',
  },
  {
    type: 'approval',
    title: 'Approvals',
    note: 'who has to agree before something is merged',
  },
  {
    type: 'rollout',
    title: 'Rollouts',
    note: 'the rings that releases reach one after the other, for the applications that name them',
  },
  {
    type: 'prohibition',
    title: 'Prohibitions',
    note: 'what may not run where; they wait for nothing',
  },
];

const PHASES: readonly PolicyPhase[] = [
  'active',
  'upcoming',
  'unmerged',
  'over',
];

function inOrder(policies: readonly PolicyRow[]): PolicyRow[] {
  return [...policies].sort(
    (a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}

/** What is forbidden, and when changes may come: what each policy says, and what it does now. */
export function PoliciesPage() {
  const policies = useResource('policies', api => api.listPolicies());
  return (
    <PageContent>
      <Loaded resource={policies}>
        {({ at, items }) =>
          items.length === 0 ? (
            <EmptyState title="No policies">
              Windows and freezes say when changes may come, prohibitions what
              may not run where. Register entities of kind EdgePolicy.
            </EmptyState>
          ) : (
            <div className={styles.sections}>
              <p className={styles.at}>
                As of the latest run, <Time value={at} />
              </p>
              <PolicyCalendar />
              {SECTIONS.map(({ type, title, note }) => {
                const some = items.filter(each => each.type === type);
                return (
                  some.length > 0 && (
                    <Section key={type} title={title} note={note}>
                      <div className={styles.cards}>
                        {inOrder(some).map(each => (
                          <PolicyCard key={each.name} policy={each} />
                        ))}
                      </div>
                    </Section>
                  )
                );
              })}
            </div>
          )
        }
      </Loaded>
    </PageContent>
  );
}
