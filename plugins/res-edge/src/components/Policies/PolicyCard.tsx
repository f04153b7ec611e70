import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  PolicyPhase,
  PolicyRow,
} from '@res-edge/backstage-plugin-res-edge-common';
import { changeRequestRouteRef } from '../../routes';
import { EdgeLink, NameList, Status, Tone, counted } from '../common';
import common from '../common/common.module.css';
import { PolicyEffect } from './PolicyEffect';
import styles from './policies.module.css';

const PHASES: Record<PolicyPhase, { tone: Tone; word: string }> = {
  active: { tone: 'success', word: 'In force' },
  upcoming: { tone: 'info', word: 'To come' },
  unmerged: { tone: 'neutral', word: 'Not on main yet' },
  over: { tone: 'neutral', word: 'Over' },
};

/** One policy: what it says, why, what it does now and until when. */
export function PolicyCard(props: { policy: PolicyRow }) {
  const { policy } = props;
  const { changeRequest, namespaces, phase, problems, reason } = policy;
  const { tone, word } = PHASES[phase];
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  return (
    <Card>
      <CardHeader>
        <div className={styles.head}>
          <Text as="h3" variant="body-large" weight="bold">
            <EdgeLink
              kind="EdgePolicy"
              name={policy.name}
              title={policy.title}
            />
          </Text>
          <Status tone={tone}>{word}</Status>
        </div>
      </CardHeader>
      <CardBody>
        <Text as="p">{policy.summary}</Text>
        <dl className={common.facts}>
          {reason && (
            <>
              <dt>Reason</dt>
              <dd>{reason}</dd>
            </>
          )}
          <dt>Now</dt>
          <dd>
            <PolicyEffect policy={policy} />
          </dd>
          {namespaces.length > 0 && (
            <>
              <dt>Namespaces</dt>
              <dd>
                <NameList kind="EdgeNamespace" names={namespaces} />
              </dd>
            </>
          )}
          {changeRequest && (
            <>
              <dt>Asked for</dt>
              <dd>
                <Link href={changeRequestRoute({ id: changeRequest })}>
                  Change request
                </Link>
              </dd>
            </>
          )}
          {problems > 0 && (
            <>
              <dt>Problems</dt>
              <dd>
                <Status tone="danger">{counted(problems, 'problem')}</Status>
              </dd>
            </>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}
