import { useMemo, useState } from 'react';
import { TextAreaField } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { stringify } from 'yaml';
import { useDebounced } from '../../hooks';
import { readSelector } from '../Selectors/readSelector';
import { SelectorResult } from '../Selectors/SelectorResult';
import styles from './formFields.module.css';

/** What a template can say of the selector's field, as its `ui:options`. @internal */
export interface SelectorFieldOptions {
  /** Whether it must be an expression, as in `spec.requires` of an application; a mapping is none. */
  expression?: boolean;
}

type Props = FieldExtensionComponentProps<Selector, SelectorFieldOptions>;

/** Asks for a selector, and shows while one types how many and which clusters it matches, or where it is wrong. */
export function SelectorField(props: Props) {
  const { formData, onChange, schema, uiSchema, required, rawErrors } = props;
  const [text, setText] = useState(() => textOf(formData));
  const rested = useDebounced(text);
  const read = useMemo(() => readSelector(rested), [rested]);

  const change = (next: string) => {
    setText(next);
    const now = readSelector(next);
    onChange(now.kind === 'selector' ? now.selector : undefined);
  };

  return (
    <div className={styles.field}>
      <TextAreaField
        className={styles.text}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Clusters'}
        description={
          uiSchema['ui:description'] ??
          schema.description ??
          'An expression in CEL, a mapping in YAML, or paths such as /g/stores/central'
        }
        isRequired={required}
        isDisabled={props.disabled}
        isInvalid={Boolean(rawErrors?.length)}
        rows={uiSchema['ui:options']?.expression ? 2 : 5}
        value={text}
        onChange={change}
        spellCheck="false"
      />
      {read.kind !== 'empty' && (
        <div className={styles.preview} aria-live="polite">
          <SelectorResult
            brief
            text={rested}
            read={read}
            stale={rested !== text}
          />
        </div>
      )}
    </div>
  );
}

function textOf(selector: Selector | undefined): string {
  if (selector === undefined) return '';
  return typeof selector === 'string' ? selector : stringify(selector);
}
