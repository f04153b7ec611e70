import { useMemo, useState } from 'react';
import { TextAreaField } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { stringify } from 'yaml';
import { FieldErrors } from './FieldErrors';
import { MappingValue, readMapping } from './readMapping';
import styles from './formFields.module.css';

/** What a template can say of the mapping's field, as its `ui:options`. @internal */
export interface MappingFieldOptions {
  /** Whether values can be numbers, booleans and lists, as attributes of clusters are; else all are texts. */
  typed?: boolean;
}

type Props = FieldExtensionComponentProps<
  Record<string, MappingValue>,
  MappingFieldOptions
>;

/** Asks for keys with their values, one a line: labels, attributes, values. */
export function MappingField(props: Props) {
  const { formData, onChange, schema, uiSchema, required, rawErrors } = props;
  const typed = uiSchema['ui:options']?.typed ?? false;
  const [text, setText] = useState(() => (formData ? stringify(formData) : ''));
  const read = useMemo(() => readMapping(text, typed), [text, typed]);

  const change = (next: string) => {
    setText(next);
    const now = readMapping(next, typed);
    onChange(now.kind === 'mapping' ? now.mapping : undefined);
  };

  return (
    <div className={styles.field}>
      <TextAreaField
        className={styles.text}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Values'}
        description={uiSchema['ui:description'] ?? schema.description}
        placeholder="key: value"
        isRequired={required}
        isDisabled={props.disabled}
        isInvalid={read.kind === 'error' || Boolean(rawErrors?.length)}
        rows={3}
        value={text}
        onChange={change}
        spellCheck="false"
      />
      {read.kind === 'error' && <FieldErrors errors={[read.message]} />}
    </div>
  );
}
