import { Alert, Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { Drift } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { FileDiffView } from '../ChangeRequests/FileDiffView';
import { EdgeRefLink, Loaded, Time } from '../common';
import { SettleDriftButtons } from './SettleDriftButtons';
import styles from './drift.module.css';

const FIRST_FILES = 3;

/** One entity's change by hand: who, when, in which lines, and what may be done about it. */
export function DriftCard(props: { drift: Drift; onSettled: () => void }) {
  const { drift, onSettled } = props;
  const { kind, name, digest } = drift;
  const details = useResource(`drift/${kind}/${name}/${digest}`, api =>
    api.getDrift({ kind, name }),
  );
  return (
    <Card>
      <CardHeader>
        <div className={styles.head}>
          <div>
            <EdgeRefLink reference={drift.entity} />
            <ul className={styles.commits}>
              {drift.commits.map(({ commit, author, date, subject }) => (
                <li key={commit}>
                  <Text variant="body-small">
                    {author}, <Time value={date} />: {subject}{' '}
                    <code>{commit.slice(0, 12)}</code>
                  </Text>
                </li>
              ))}
            </ul>
          </div>
          <SettleDriftButtons drift={drift} onSettled={onSettled} />
        </div>
      </CardHeader>
      <CardBody>
        {!drift.readable && (
          <Alert
            status="warning"
            icon
            title="It cannot be read"
            description="What was decided before goes on. Take it back, or mend it with another commit."
            mb="3"
          />
        )}
        <Loaded resource={details}>
          {({ files }) => (
            <div>
              {files.map((file, index) => (
                <FileDiffView
                  key={file.path}
                  file={file}
                  startOpen={index < FIRST_FILES}
                />
              ))}
            </div>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}
