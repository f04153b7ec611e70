import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

const groupPicker = FormFieldBlueprint.make({
  name: 'group-picker',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.groupPicker),
      ),
  },
});

const namespacePicker = FormFieldBlueprint.make({
  name: 'namespace-picker',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.namespacePicker),
      ),
  },
});

const applicationPicker = FormFieldBlueprint.make({
  name: 'application-picker',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.applicationPicker),
      ),
  },
});

const clusterPicker = FormFieldBlueprint.make({
  name: 'cluster-picker',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.clusterPicker),
      ),
  },
});

const selectorField = FormFieldBlueprint.make({
  name: 'selector',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.selectorField),
      ),
  },
});

const mappingField = FormFieldBlueprint.make({
  name: 'mapping',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.mappingField),
      ),
  },
});

const planPreviewField = FormFieldBlueprint.make({
  name: 'plan-preview',
  params: {
    field: () =>
      import('../components/FormFields').then(m =>
        createFormField(m.planPreviewField),
      ),
  },
});

/** Fields for the forms of templates. */
export const formFieldExtensions = [
  groupPicker,
  namespacePicker,
  applicationPicker,
  clusterPicker,
  selectorField,
  mappingField,
  planPreviewField,
];
