import { Text } from '@backstage/ui';
import { ResEdgeApiError } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import {
  Bar,
  EmptyState,
  ErrorState,
  GroupCounts,
  Loaded,
  NameList,
  Section,
  count,
} from '../common';
import { ReadSelector } from './readSelector';
import { SelectorErrorView } from './SelectorErrorView';
import styles from './selectors.module.css';

const SAMPLE = 30;
const BRIEF_SAMPLE = 5;

/** Which clusters a selector matches, or what is wrong with it; `brief`: no more than how many, and some names. */
export function SelectorResult(props: {
  text: string;
  read: ReadSelector;
  stale: boolean;
  brief?: boolean;
}) {
  const { read, stale, text, brief = false } = props;
  const resource = useResource(
    read.kind === 'selector' ? `selector/${text}` : undefined,
    api =>
      api.previewSelector({
        selector: read.kind === 'selector' ? read.selector : '',
        sample: brief ? BRIEF_SAMPLE : SAMPLE,
      }),
  );
  if (read.kind === 'empty') {
    return (
      <EmptyState title="Type a selector">
        The clusters that it matches show here, by group and by name. Nothing is
        stored.
      </EmptyState>
    );
  }
  if (read.kind === 'error') {
    return <SelectorErrorView text={text} {...read} />;
  }
  const { error } = resource;
  if (error) {
    // without a status it is not the selector that is wrong
    const { field, position, statusCode } = error as Partial<ResEdgeApiError>;
    return statusCode !== undefined && statusCode < 500 ? (
      <SelectorErrorView
        text={text}
        message={error.message}
        position={read.locate(field, position)}
      />
    ) : (
      <ErrorState error={error} onRetry={resource.reload} />
    );
  }
  return (
    <Loaded resource={resource}>
      {preview => (
        <div className={styles.result} data-stale={stale}>
          <div>
            <div className={styles.count}>
              <Text variant="title-medium">{count(preview.count)}</Text>
              <Text color="secondary">
                of {count(preview.total)} clusters match
              </Text>
            </div>
            <Bar
              total={preview.total}
              parts={[{ value: preview.count, tone: 'info' }]}
              label={`${count(preview.count)} of ${count(preview.total)}`}
            />
          </div>
          {brief && preview.count > 0 && (
            <NameList
              kind="EdgeCluster"
              names={preview.sample}
              total={preview.count}
            />
          )}
          {!brief && preview.count > 0 && (
            <>
              <Section title="By group">
                <GroupCounts counts={preview.byGroup} />
              </Section>
              <Section title="Clusters">
                <NameList
                  kind="EdgeCluster"
                  names={preview.sample}
                  total={preview.count}
                />
              </Section>
            </>
          )}
        </div>
      )}
    </Loaded>
  );
}
