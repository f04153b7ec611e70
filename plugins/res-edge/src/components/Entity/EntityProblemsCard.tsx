import { Card, CardBody, CardHeader } from '@backstage/ui';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useResource } from '../../hooks';
import { ErrorState, Status, counted } from '../common';
import { ProblemItems } from '../Problems/ProblemItems';

const MOST = 50;

/** What is wrong with the entity of this page, where something is. */
export function EntityProblemsCard() {
  const reference = stringifyEntityRef(useEntity().entity);
  const { value, error, reload } = useResource(`problems/${reference}`, api =>
    api.listProblems({ entity: reference, limit: MOST }),
  );
  if (error && !value) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!value || value.total === 0) {
    return null;
  }
  return (
    <Card>
      <CardHeader>
        <Status tone="warning">{counted(value.total, 'problem')}</Status>
      </CardHeader>
      <CardBody>
        <ProblemItems problems={value.items} ofEntity />
      </CardBody>
    </Card>
  );
}
