import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ChangeRequestDetails as Details } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { changeRequestsRouteRef } from '../../routes';
import {
  EdgeRefLink,
  Loaded,
  PageContent,
  Section,
  Time,
  counted,
} from '../common';
import { PlanProblems } from '../Plans/PlanProblems';
import { ApprovalSection } from './ApprovalSection';
import { ChangeRequestStatus } from './ChangeRequestStatus';
import { Effects } from './Effects';
import { FileDiffView } from './FileDiffView';
import { MergeButton } from './MergeButton';
import { PullRequestLink } from './PullRequestLink';
import { TotalsOfChange } from './TotalsOfChange';
import styles from './changes.module.css';

const FIRST_FILES = 6;

function Head(props: { changeRequest: Details; onChanged: () => void }) {
  const { changeRequest, onChanged } = props;
  return (
    <div className={styles.head}>
      <div className={styles.headText}>
        <Text as="h1" variant="title-small">
          {changeRequest.title}
        </Text>
        <div className={styles.totals}>
          <ChangeRequestStatus changeRequest={changeRequest} />
          <TotalsOfChange totals={changeRequest.totals} />
        </div>
        <Text as="p" variant="body-small" color="secondary">
          For <EdgeRefLink reference={changeRequest.intent} />
          {changeRequest.requestedBy && <> from {changeRequest.requestedBy}</>},
          asked <Time value={changeRequest.createdAt} />, branch{' '}
          <code>{changeRequest.branch}</code>
          {changeRequest.pullRequest && (
            <>
              , <PullRequestLink pullRequest={changeRequest.pullRequest} />
            </>
          )}
        </Text>
        {changeRequest.mergedAt && (
          <Text as="p" variant="body-small" color="secondary">
            Merged <Time value={changeRequest.mergedAt} />
            {changeRequest.mergedBy && <> by {changeRequest.mergedBy}</>}
            {changeRequest.mergeCommit && (
              <>
                {' '}
                as <code>{changeRequest.mergeCommit.slice(0, 12)}</code>
              </>
            )}
          </Text>
        )}
        {changeRequest.description && (
          <Text as="p" className={styles.description}>
            {changeRequest.description}
          </Text>
        )}
      </div>
      {changeRequest.state === 'open' && (
        <MergeButton changeRequest={changeRequest} onChanged={onChanged} />
      )}
    </div>
  );
}

/** One change request: what it changes for whom, in which files, and the button that merges it. */
export function ChangeRequestDetails(props: { id: string }) {
  const { id } = props;
  const resource = useResource(`change-request/${id}`, api =>
    api.getChangeRequest({ id }),
  );
  const listPath = useRouteRef(changeRequestsRouteRef)();
  return (
    <PageContent>
      <nav className={styles.back}>
        <Link href={listPath} variant="body-small">
          All change requests
        </Link>
      </nav>
      <Loaded resource={resource}>
        {changeRequest => (
          <div className={styles.layout}>
            <Head changeRequest={changeRequest} onChanged={resource.reload} />
            {changeRequest.state === 'open' && (
              <ApprovalSection
                changeRequest={changeRequest}
                onChanged={resource.reload}
              />
            )}
            <PlanProblems problems={changeRequest.plan.problems} />
            <Section title="What changes for whom">
              <Effects effects={changeRequest.plan.effects} />
            </Section>
            <Section
              title="Files"
              note={counted(changeRequest.files.length, 'file')}
            >
              <div>
                {changeRequest.files.map((file, index) => (
                  <FileDiffView
                    key={file.path}
                    file={file}
                    startOpen={index < FIRST_FILES}
                  />
                ))}
              </div>
            </Section>
          </div>
        )}
      </Loaded>
    </PageContent>
  );
}
