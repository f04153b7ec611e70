import { useRef, useState } from 'react';
import { Combobox, Tag, TagGroup, Text } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  EdgeKind,
  EntityRow,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useDebounced, useResource } from '../../hooks';
import styles from './formFields.module.css';

/** So many are offered; who wants another one types more of its name. */
const OFFERED = 20;

/** What a template can say of a picker, as its `ui:options`. @internal */
export interface EntityPickerOptions {
  /** Whether several can be chosen; the value then is a list of names. */
  multiple?: boolean;
  /** Whether only what templates can change is taken: what was made by the API, and not registered as YAML. */
  changeable?: boolean;
}

type Props = FieldExtensionComponentProps<
  string | string[],
  EntityPickerOptions
>;

/** Asks for the names of entities of a kind, and looks them up while one types. */
export function EntityPickerField(props: Props & { kind: EdgeKind }) {
  const { kind, formData, onChange, schema, uiSchema, required, rawErrors } =
    props;
  const multiple = uiSchema['ui:options']?.multiple ?? false;
  const chosen = Array.isArray(formData) ? formData : [];
  const [typed, setTyped] = useState('');
  const text = multiple ? typed : textOf(formData);

  const rested = useDebounced(text);
  const offers = useResource(`picker/${kind}/${rested}`, api =>
    api.listEntities({ kind, search: rested || undefined, limit: OFFERED }),
  );
  // What was offered before stays until the answer is there: a list that is empty for a moment would close.
  const latest = useRef<readonly EntityRow[]>([]);
  latest.current = offers.value?.items ?? latest.current;
  const options = latest.current
    .filter(({ name }) => !chosen.includes(name))
    .map(({ name, title }) => ({ id: name, label: name, description: title }));

  const setText = (next: string) => {
    if (multiple) {
      setTyped(next);
    } else if (next !== text) {
      onChange(next === '' ? undefined : next);
    }
  };
  const choose = (key: unknown) => {
    if (typeof key !== 'string') return;
    if (multiple) {
      setTyped('');
      onChange([...new Set([...chosen, key])]);
    } else {
      onChange(key);
    }
  };
  const remove = (keys: Set<unknown>) => {
    const rest = chosen.filter(name => !keys.has(name));
    onChange(rest.length > 0 ? rest : undefined);
  };

  return (
    <div className={styles.field}>
      <Combobox
        // A new one for each choice: the one before would offer again what is there beside an empty text.
        key={chosen.length}
        label={uiSchema['ui:title'] ?? schema.title ?? kind}
        description={uiSchema['ui:description'] ?? schema.description}
        isRequired={required}
        isInvalid={Boolean(rawErrors?.length)}
        isDisabled={props.disabled}
        placeholder="Type a part of the name"
        allowsCustomValue
        selectedKey={
          !multiple && options.some(({ id }) => id === text) ? text : null
        }
        onSelectionChange={choose}
        options={options}
        search={{ mode: 'server', inputValue: text, onInputChange: setText }}
        loading={{ state: offers.loading ? 'loading' : 'idle' }}
      />
      {multiple && chosen.length > 0 && (
        <TagGroup aria-label="Chosen" onRemove={remove}>
          {chosen.map(name => (
            <Tag key={name} id={name} textValue={name}>
              {name}
            </Tag>
          ))}
        </TagGroup>
      )}
      {offers.error && (
        <Text variant="body-small" color="danger" role="alert">
          {offers.error.message}
        </Text>
      )}
    </div>
  );
}

function textOf(formData: string | string[] | undefined): string {
  return typeof formData === 'string' ? formData : '';
}
