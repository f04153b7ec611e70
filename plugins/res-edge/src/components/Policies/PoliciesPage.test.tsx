import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { rootRouteRef } from '../../routes';
import { PoliciesPage } from './PoliciesPage';

function render(api = createSampleApi()) {
  renderInTestApp(<PoliciesPage />, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/res-edge': rootRouteRef,
    },
  });
}

async function section(title: string) {
  const region = await screen.findByRole('region', { name: title });
  return { region, ...within(region) };
}

describe('PoliciesPage', () => {
  it('says by type what each policy holds now, and until when', async () => {
    render();
    const windows = await section('Windows');
    expect(windows.region).toHaveTextContent(
      'Closed on 9 clusters; 5 changes wait for it; opens in 3 hours, on some clusters at no time that is known',
    );
    expect(windows.getByRole('link', { name: 'imdb' })).toBeInTheDocument();
    expect(windows.getByText('No namespace names it')).toBeInTheDocument();

    const overrides = await section('Overrides');
    expect(overrides.region).toHaveTextContent(
      /Lifts on 2 clusters; ends in 2 hours$/,
    );
    const prohibitions = await section('Prohibitions');
    expect(
      prohibitions.getByRole('link', { name: 'Alcohol by kiosk' }),
    ).toHaveAttribute('href', '/catalog/default/edgepolicy/alcohol-law');
    expect(prohibitions.region).toHaveTextContent(
      'Forbids on 4 clusters; 3 placements refused',
    );
  });

  it('tells apart what holds, what is to come and what is over', async () => {
    render();
    const freezes = await section('Freezes');
    const headings = freezes.getAllByRole('heading', { level: 3 });
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'black-friday',
      'christmas',
      'new-year',
      'easter',
    ]);
    for (const text of [
      /12 clusters; 1 change waits for it; ends .* on the first, .* on the last/,
      /Begins in 26 days(?!,)/,
      /Ended 236 days ago$/,
      'No effect until it is merged',
      '2 problems',
    ]) {
      expect(freezes.region).toHaveTextContent(text);
    }
    expect(
      freezes.getByRole('link', { name: 'Change request' }),
    ).toHaveAttribute('href', '/res-edge/change-requests/imdb');
  });

  it('says what to do where there are none', async () => {
    const listPolicies = async () => ({
      at: '2026-11-20T12:00:00Z',
      items: [],
    });
    render({ ...createSampleApi(), listPolicies });
    expect(await screen.findByText('No policies')).toBeInTheDocument();
  });
});
