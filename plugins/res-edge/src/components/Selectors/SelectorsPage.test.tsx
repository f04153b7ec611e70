import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { SelectorsPage } from './SelectorsPage';

function render(search = '') {
  const api = createSampleApi();
  const previewSelector = jest.fn(api.previewSelector);
  renderInTestApp(<SelectorsPage />, {
    apis: [[resEdgeApiRef, { ...api, previewSelector }]],
    mountedRoutes: {
      '/res-edge': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    mountPath: '/selectors/*',
    initialRouteEntries: [`/selectors${search}`],
  });
  return previewSelector;
}

describe('the selector playground', () => {
  it('asks for something to match', async () => {
    const previewSelector = render();

    expect(await screen.findByText('Type a selector')).toBeInTheDocument();
    expect(previewSelector).not.toHaveBeenCalled();
  });

  it('shows how many and which clusters a mapping matches', async () => {
    const previewSelector = render();

    await userEvent.click(
      screen.getByRole('button', { name: 'Groups and labels' }),
    );

    expect(await screen.findByText('of 18 clusters match')).toBeInTheDocument();
    expect(previewSelector).toHaveBeenLastCalledWith({
      selector: { groups: ['stores'], matchLabels: { region: 'central' } },
      sample: 30,
    });
    expect(
      screen.getByRole('link', { name: 'central-la-nola-2301' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/edgecluster/central-la-nola-2301',
    );
    expect(
      screen.getByRole('link', { name: 'stores.central' }),
    ).toBeInTheDocument();
  });

  it('waits until typing rests', async () => {
    const previewSelector = render();

    await userEvent.type(screen.getByRole('textbox'), '/g/stores');

    await waitFor(() => expect(previewSelector).toHaveBeenCalled());
    expect(previewSelector).toHaveBeenLastCalledWith({
      selector: '/g/stores',
      sample: 30,
    });
    expect(previewSelector.mock.calls.length).toBeLessThan('/g/stores'.length);
  });

  it('puts a caret below the place of an error', async () => {
    render('?selector=true%20%26%26%0A%20%20cluster.foo');

    const place = await screen.findByTestId('selector-error-place');
    expect(place.textContent).toBe('  cluster.foo\n          ^');
    expect(screen.getByRole('alert')).toHaveTextContent('Line 2, character 11');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'cluster has no field foo.',
    );
  });

  it('says itself where YAML is wrong', async () => {
    const previewSelector = render('?selector=groups%3A%20%5Bgeo.us');

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Line 1, character',
    );
    expect(previewSelector).not.toHaveBeenCalled();
  });
});
