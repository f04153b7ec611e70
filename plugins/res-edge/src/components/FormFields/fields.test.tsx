import { useState } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import {
  clusterPicker,
  groupPicker,
  mappingField,
  planPreviewField,
  selectorField,
} from './fields';

/** Of a field what a form needs of it, whatever its value is. */
interface Field {
  component: (props: any) => JSX.Element;
  validation?: (...args: any[]) => void | Promise<void>;
}

function render(
  field: Field,
  options: object = {},
  initial: unknown = undefined,
  over: Partial<ResEdgeApi> = {},
) {
  const api = createSampleApi();
  const listEntities = jest.fn(api.listEntities);
  const previewSelector = jest.fn(api.previewSelector);
  const onChange = jest.fn();
  const Component = field.component;

  function Form() {
    const [formData, setFormData] = useState(initial);
    return (
      <Component
        schema={{ title: 'Field' }}
        uiSchema={{ 'ui:options': options }}
        formData={formData}
        formContext={{ formData: { name: 'menus' } }}
        onChange={(value: unknown) => {
          onChange(value);
          setFormData(value);
        }}
      />
    );
  }
  renderInTestApp(<Form />, {
    apis: [[resEdgeApiRef, { ...api, listEntities, previewSelector, ...over }]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  return { onChange, listEntities, previewSelector };
}

async function problemsOf(
  field: Field,
  value: unknown,
  options: object = {},
  over: Partial<ResEdgeApi> = {},
) {
  const api = { ...createSampleApi(), ...over };
  const addError = jest.fn();
  await field.validation!(
    value,
    { addError },
    {
      apiHolder: { get: () => api },
      uiSchema: { 'ui:options': options },
    },
  );
  return addError.mock.calls.map(([message]) => message);
}

/** The option, once no other is offered any more than those that one typed. */
async function offer(name: RegExp) {
  await waitFor(() => {
    expect(screen.getByRole('option', { name })).toBeInTheDocument();
    expect(
      screen.queryByRole('option', { name: /nola/ }),
    ).not.toBeInTheDocument();
  });
  return screen.getByRole('option', { name });
}

describe('a picker', () => {
  it('never reads more than a few, and looks up what one types', async () => {
    const { onChange, listEntities } = render(clusterPicker);
    const input = await screen.findByRole('combobox', { name: 'Field' });

    await userEvent.type(input, 'wa-sea');
    await userEvent.click(await offer(/west-wa-sea-2301/));

    expect(onChange).toHaveBeenLastCalledWith('west-wa-sea-2301');
    expect(input).toHaveValue('west-wa-sea-2301');
    for (const [request] of listEntities.mock.calls) {
      expect(request).toMatchObject({ kind: 'EdgeCluster', limit: 20 });
    }
    // It waits until typing rests.
    expect(listEntities.mock.calls.length).toBeLessThan(6);
  });

  it('holds several where the template says so, each of which can go', async () => {
    const { onChange } = render(clusterPicker, { multiple: true }, [
      'central-la-nola-2301',
    ]);
    const input = await screen.findByRole('combobox', { name: 'Field' });

    await userEvent.type(input, 'wa-sea-2301');
    await userEvent.click(await offer(/west-wa-sea-2301/));
    expect(onChange).toHaveBeenLastCalledWith([
      'central-la-nola-2301',
      'west-wa-sea-2301',
    ]);
    expect(screen.getByRole('combobox', { name: 'Field' })).toHaveValue('');

    const chosen = screen.getByRole('row', { name: 'central-la-nola-2301' });
    await userEvent.click(within(chosen).getByRole('button'));
    expect(onChange).toHaveBeenLastCalledWith(['west-wa-sea-2301']);
  });

  it('says that a name is none, and what is changed elsewhere', async () => {
    const getEntity = async () => {
      throw new Error("No EdgeGroup 'mars' is registered");
    };
    await expect(
      problemsOf(groupPicker, ['mars'], {}, { getEntity }),
    ).resolves.toEqual(["No EdgeGroup 'mars' is registered"]);
    await expect(problemsOf(groupPicker, 'stores')).resolves.toEqual([]);
    await expect(
      problemsOf(groupPicker, 'stores', { changeable: true }),
    ).resolves.toEqual(['stores comes from catalog, and is changed there']);
    await expect(problemsOf(groupPicker, undefined)).resolves.toEqual([]);
  });
});

describe('the selector field', () => {
  it('counts while one types, once typing rests', async () => {
    const { onChange, previewSelector } = render(selectorField);

    await userEvent.type(
      await screen.findByRole('textbox', { name: /Field/ }),
      '/g/stores',
    );
    expect(await screen.findByText('of 18 clusters match')).toBeInTheDocument();
    expect(onChange).toHaveBeenLastCalledWith('/g/stores');
    expect(previewSelector).toHaveBeenLastCalledWith({
      selector: '/g/stores',
      sample: 5,
    });
    expect(previewSelector.mock.calls.length).toBeLessThan('/g/stores'.length);
  });

  it('takes a mapping, and shows the one that is there', async () => {
    const { onChange } = render(selectorField, {}, { groups: ['stores'] });
    const input = await screen.findByRole('textbox', { name: /Field/ });
    expect(input).toHaveValue('groups:\n  - stores\n');

    await userEvent.clear(input);
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    await userEvent.click(input);
    await userEvent.paste('groups: [stores.central]');
    expect(onChange).toHaveBeenLastCalledWith({ groups: ['stores.central'] });
  });

  it('shows where it is wrong', async () => {
    render(selectorField, {}, 'cluster.foo');
    const place = await screen.findByTestId('selector-error-place');
    expect(place.textContent).toBe('cluster.foo\n        ^');
  });

  it('stops the form where it is wrong', async () => {
    await expect(problemsOf(selectorField, '/g/stores')).resolves.toEqual([]);
    await expect(problemsOf(selectorField, 'cluster.foo')).resolves.toEqual([
      expect.stringContaining('no field foo'),
    ]);
    await expect(
      problemsOf(selectorField, { all: true }, { expression: true }),
    ).resolves.toEqual(['Must be an expression, not a mapping']);
  });
});

describe('the field for keys and values', () => {
  it('gives a mapping, and says what is none', async () => {
    const { onChange } = render(mappingField, {}, { a: '1' });
    const input = await screen.findByRole('textbox', { name: /Field/ });
    await userEvent.clear(input);
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    await userEvent.type(input, 'lanes');
    expect(screen.getByRole('alert')).toHaveTextContent('key: value');
    await userEvent.type(input, ': 2');
    expect(onChange).toHaveBeenLastCalledWith({ lanes: '2' });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('the preview of the plan', () => {
  const mutation = {
    action: 'create',
    entity: {
      kind: 'EdgeApplication',
      metadata: { name: { parameter: 'name' } },
    },
  };
  const whatIf = jest.fn(
    async (): Promise<any> => ({
      results: [{ status: 'created' }],
      effect: {
        totals: { won: 2, lost: 0, changed: 0, refused: 1, held: 0 },
        changeRequests: [{ entity: 'e', title: 'Add menus', direct: false }],
        problems: {
          arising: { count: 1, items: [{ entity: 'e', message: 'm' }] },
        },
      },
    }),
  );

  it('says what the form would cause, with what it asked for', async () => {
    render(planPreviewField, { mutation }, undefined, { whatIf });
    expect(await screen.findByText('2 placements won')).toBeInTheDocument();
    expect(screen.getByText('1 placement refused')).toBeInTheDocument();
    expect(screen.getByText(/To be merged.*Add menus/)).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('e: m');
    expect(whatIf).toHaveBeenCalledWith({
      mutations: [
        {
          action: 'create',
          entity: { kind: 'EdgeApplication', metadata: { name: 'menus' } },
        },
      ],
    });
  });

  it('lets something stand for manifests that are not there yet', async () => {
    const storeSource = async () => ({ digest: 'd', path: './sources/d' });
    render(planPreviewField, { mutation, withoutManifests: true }, undefined, {
      whatIf,
      storeSource,
    });
    await screen.findByText('2 placements won');
    expect(whatIf).toHaveBeenLastCalledWith({
      mutations: [
        expect.objectContaining({
          entity: expect.objectContaining({
            spec: { source: { path: './sources/d' } },
          }),
        }),
      ],
    });
  });

  it('says why it could not be', async () => {
    const refused = async (): Promise<any> => ({
      results: [{ status: 'failed', error: { message: 'There is another' } }],
    });
    render(planPreviewField, { mutation }, undefined, { whatIf: refused });
    expect(await screen.findByText('There is another')).toBeInTheDocument();
  });
});
