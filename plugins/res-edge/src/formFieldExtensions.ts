import {
  createScaffolderFieldExtension,
  FieldExtensionOptions,
  FieldSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  applicationPicker,
  clusterPicker,
  groupPicker,
  mappingField,
  namespacePicker,
  planPreviewField,
  selectorField,
} from './components/FormFields';
import { resEdgePlugin } from './plugin';

/** Fields for the forms of templates in apps of the legacy frontend system: children of ScaffolderFieldExtensions. */
function extensionOf<Value, Options>({
  schema,
  ...field
}: Omit<FieldExtensionOptions<Value, Options>, 'schema'> & {
  schema: FieldSchema<Value, Options>;
}) {
  return resEdgePlugin.provide(
    createScaffolderFieldExtension({
      ...(field as FieldExtensionOptions),
      schema: schema.schema,
    }),
  );
}

/** Names of groups, as `ui:field: EdgeGroupPicker`. @public */
export const EdgeGroupPickerFieldExtension = extensionOf(groupPicker);

/** The name of a namespace, as `ui:field: EdgeNamespacePicker`. @public */
export const EdgeNamespacePickerFieldExtension = extensionOf(namespacePicker);

/** The name of an application, as `ui:field: EdgeApplicationPicker`. @public */
export const EdgeApplicationPickerFieldExtension =
  extensionOf(applicationPicker);

/** The name of a cluster, as `ui:field: EdgeClusterPicker`. @public */
export const EdgeClusterPickerFieldExtension = extensionOf(clusterPicker);

/** A selector with its matches, as `ui:field: EdgeSelector`. @public */
export const EdgeSelectorFieldExtension = extensionOf(selectorField);

/** Keys with their values, as `ui:field: EdgeMapping`. @public */
export const EdgeMappingFieldExtension = extensionOf(mappingField);

/** What the write of a template would cause, as `ui:field: EdgePlanPreview`. @public */
export const EdgePlanPreviewFieldExtension = extensionOf(planPreviewField);
