import {
  FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { EdgeKind, Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { EntityPickerField, EntityPickerOptions } from './EntityPickerField';
import { Mapping } from './fillParameters';
import { MappingField } from './MappingField';
import { PlanPreviewField } from './PlanPreviewField';
import { MappingValue } from './readMapping';
import { SelectorField } from './SelectorField';
import { entityValidator, selectorValidator } from './validators';

function pickerOf(kind: EdgeKind) {
  function Picker(
    props: FieldExtensionComponentProps<string | string[], EntityPickerOptions>,
  ) {
    return <EntityPickerField {...props} kind={kind} />;
  }
  return {
    name: `${kind}Picker`,
    component: Picker,
    validation: entityValidator(kind),
    schema: makeFieldSchema({
      output: z => z.union([z.string(), z.array(z.string())]),
      uiOptions: z =>
        z.object({
          multiple: z
            .boolean()
            .optional()
            .describe('Whether several can be chosen'),
          changeable: z
            .boolean()
            .optional()
            .describe('Whether only what templates can change is taken'),
        }),
    }),
  };
}

export const groupPicker = pickerOf('EdgeGroup');
export const namespacePicker = pickerOf('EdgeNamespace');
export const applicationPicker = pickerOf('EdgeApplication');
export const clusterPicker = pickerOf('EdgeCluster');

/** A selector with its matches, as `ui:field: EdgeSelector`. */
export const selectorField = {
  name: 'EdgeSelector',
  component: SelectorField,
  validation: selectorValidator,
  schema: makeFieldSchema({
    output: z => z.custom<Selector>(),
    uiOptions: z =>
      z.object({
        expression: z
          .boolean()
          .optional()
          .describe('Whether it must be an expression'),
      }),
  }),
};

/** Keys with their values, as `ui:field: EdgeMapping`. */
export const mappingField = {
  name: 'EdgeMapping',
  component: MappingField,
  schema: makeFieldSchema({
    output: z => z.custom<Record<string, MappingValue>>(),
    uiOptions: z =>
      z.object({
        typed: z
          .boolean()
          .optional()
          .describe('Whether values can be numbers, booleans and lists'),
      }),
  }),
};

/** What the write of a template would cause, as `ui:field: EdgePlanPreview`. */
export const planPreviewField = {
  name: 'EdgePlanPreview',
  component: PlanPreviewField,
  schema: makeFieldSchema({
    output: z => z.unknown(),
    uiOptions: z =>
      z.object({
        mutation: z
          .custom<Mapping>()
          .optional()
          .describe(
            'The write, with { parameter: name } for what the form asks for before',
          ),
        withoutManifests: z
          .boolean()
          .optional()
          .describe(
            'Whether it is an application whose manifests are not there yet',
          ),
      }),
  }),
};
