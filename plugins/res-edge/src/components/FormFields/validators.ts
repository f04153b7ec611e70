import { ApiHolder } from '@backstage/core-plugin-api';
import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  EdgeKind,
  ResEdgeApi,
  ResEdgeApiError,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { EntityPickerOptions } from './EntityPickerField';
import { SelectorFieldOptions } from './SelectorField';

/** Says of each name that is no entity of the kind, or, where asked for, none that a template can change. */
export function entityValidator(
  kind: EdgeKind,
): CustomFieldValidator<string | string[], EntityPickerOptions> {
  return async (value, field, { apiHolder, uiSchema }) => {
    if (value === undefined) return;
    const changeable = uiSchema?.['ui:options']?.changeable ?? false;
    const api = apiOf(apiHolder);
    await Promise.all(
      [value].flat().map(async name => {
        try {
          const { origin } = await api.getEntity({ kind, name });
          if (changeable && origin.type !== 'api') {
            field.addError(
              `${name} comes from ${
                origin.location ?? origin.type
              }, and is changed there`,
            );
          }
        } catch (error) {
          field.addError((error as Error).message);
        }
      }),
    );
  };
}

/** Says what is wrong with a selector. */
export const selectorValidator: CustomFieldValidator<
  Selector,
  SelectorFieldOptions
> = async (value, field, { apiHolder, uiSchema }) => {
  if (value === undefined) return;
  if (typeof value !== 'string' && uiSchema?.['ui:options']?.expression) {
    field.addError('Must be an expression, not a mapping');
    return;
  }
  try {
    await apiOf(apiHolder).previewSelector({ selector: value, sample: 0 });
  } catch (error) {
    const { field: place } = error as Partial<ResEdgeApiError>;
    field.addError(`${place ? `${place}: ` : ''}${(error as Error).message}`);
  }
};

function apiOf(apiHolder: ApiHolder): ResEdgeApi {
  const api = apiHolder.get(resEdgeApiRef);
  if (!api) throw new Error('The API of Res-Edge is not there');
  return api;
}
