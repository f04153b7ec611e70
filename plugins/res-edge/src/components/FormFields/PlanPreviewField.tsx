import { Text } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  MutationInput,
  OperationResult,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { counted, Loaded } from '../common';
import { FieldErrors } from './FieldErrors';
import { fillParameters, Mapping } from './fillParameters';
import styles from './formFields.module.css';

/** What a template can say of the preview, as its `ui:options`. @internal */
export interface PlanPreviewOptions {
  /** The write that the template will make, with `{ parameter: name }` for what the form asks for before. */
  mutation?: Mapping;
  /** Whether it is an application whose manifests are not there yet: others stand for them, of which placement reads nothing. */
  withoutManifests?: boolean;
}

type Props = FieldExtensionComponentProps<unknown, PlanPreviewOptions>;
type WhatIf = OperationResult<'whatIf'>;

const SHOWN_PROBLEMS = 5;

/** The same for all, so that it is kept once. */
const STAND_IN = {
  'kustomization.yaml': 'resources: [manifest.yaml]\n',
  'manifest.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: preview }\n',
};

/** Says before a form is sent what it would cause: nothing to fill in. */
export function PlanPreviewField({ formContext, schema, uiSchema }: Props) {
  const { mutation, withoutManifests } = uiSchema['ui:options'] ?? {};
  const filled = fillParameters(mutation, formContext?.formData ?? {});
  const resource = useResource(`what-if/${JSON.stringify(filled)}`, api =>
    preview(api, filled as MutationInput, withoutManifests ?? false),
  );
  return (
    <div className={styles.field}>
      <Text variant="body-medium" weight="bold">
        {uiSchema['ui:title'] ?? schema.title ?? 'What it would change'}
      </Text>
      <div className={styles.preview} aria-live="polite">
        <Loaded resource={resource}>
          {value => <Effect result={value} />}
        </Loaded>
      </div>
    </div>
  );
}

async function preview(
  api: ResEdgeApi,
  mutation: MutationInput,
  withoutManifests: boolean,
): Promise<WhatIf> {
  if (!withoutManifests) {
    return api.whatIf({ mutations: [mutation] });
  }
  const { path } = await api.storeSource({ files: STAND_IN });
  const entity = mutation.entity as { spec?: Mapping } | undefined;
  const spec = { ...entity?.spec, source: { path } };
  return api.whatIf({
    mutations: [{ ...mutation, entity: { ...entity, spec } }],
  });
}

function Effect({ result: { results, effect } }: { result: WhatIf }) {
  const failed = results.flatMap(({ error }) => (error ? [error.message] : []));
  if (failed.length > 0) {
    return <FieldErrors errors={failed} />;
  }
  const { totals, changeRequests, problems } = effect;
  const lines = [
    [totals.won, 'placement', 'won'],
    [totals.lost, 'placement', 'lost'],
    [totals.changed, 'placement', 'changed'],
    [totals.refused, 'placement', 'refused'],
    [totals.held, 'placement', 'held back by windows or freezes'],
  ] as const;
  const shown = lines.filter(([value]) => value > 0);
  return (
    <>
      {shown.length === 0 && <Text as="p">No cluster changes.</Text>}
      {shown.map(([value, noun, what]) => (
        <Text key={what} as="p">
          {counted(value, noun)} {what}
        </Text>
      ))}
      {changeRequests.map(({ entity, title, direct }) => (
        <Text key={entity} as="p" color="secondary">
          {direct ? 'Merged by itself' : 'To be merged by a person'}: {title}
        </Text>
      ))}
      <FieldErrors
        errors={problems.arising.items
          .slice(0, SHOWN_PROBLEMS)
          .map(({ entity, message }) => `${entity}: ${message}`)}
      />
    </>
  );
}
