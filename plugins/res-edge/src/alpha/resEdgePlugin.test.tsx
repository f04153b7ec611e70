import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as entry from '.';
import { resEdgeApiRef } from '../api';
import { createSampleApi } from '../__testUtils__/SampleApi';

function renderFleet(path: string, api = createSampleApi()) {
  return renderTestApp({
    features: [entry.default],
    apis: [[resEdgeApiRef, api]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [path],
  });
}

describe('the plugin for the new frontend system', () => {
  it('is the default export, with everything that an app needs', () => {
    expect(Object.keys(entry)).toEqual(['default']);
    const ids = [
      'api:res-edge',
      'page:res-edge',
      'entity-content:res-edge/cluster',
      'entity-content:res-edge/group',
      'entity-content:res-edge/namespace',
      'entity-content:res-edge/application',
      'entity-card:res-edge/problems',
      'scaffolder-form-field:res-edge/group-picker',
      'scaffolder-form-field:res-edge/namespace-picker',
      'scaffolder-form-field:res-edge/application-picker',
      'scaffolder-form-field:res-edge/cluster-picker',
      'scaffolder-form-field:res-edge/selector',
      'scaffolder-form-field:res-edge/mapping',
      'scaffolder-form-field:res-edge/plan-preview',
    ] as const;
    for (const id of ids) {
      expect(entry.default.getExtension(id)).toBeDefined();
    }
  });

  it('starts with the overview: totals, what waits for a merge, problems', async () => {
    renderFleet('/res-edge');

    expect(
      await screen.findByRole('link', { name: 'Clusters: 18' }),
    ).toHaveAttribute('href', '/res-edge/clusters');
    expect(
      await screen.findByRole('link', {
        name: 'imdb: version 1.0.1 on more clusters',
      }),
    ).toHaveAttribute('href', '/res-edge/change-requests/imdb');
    expect(
      await screen.findByRole('link', { name: 'cluster central-tx-atx-2302' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/edgecluster/central-tx-atx-2302',
    );
    expect(screen.getByText('Delivered')).toBeInTheDocument();
  });

  it('says what to do where there is no cluster', async () => {
    renderFleet('/res-edge/overview', createSampleApi(0));

    expect(await screen.findByText('No clusters yet')).toBeInTheDocument();
    expect(await screen.findByText('No problems')).toBeInTheDocument();
  });

  it('says what went wrong, and reads again on demand', async () => {
    const api = createSampleApi();
    const getFleet = jest
      .fn(api.getFleet)
      .mockRejectedValueOnce(new Error('The database sleeps.'));
    renderFleet('/res-edge/overview', { ...api, getFleet });

    expect(await screen.findByText('The database sleeps.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Clusters: 18' }),
    ).toBeInTheDocument();
  });

  it('pages through the clusters', async () => {
    renderFleet('/res-edge/clusters', createSampleApi(45));

    expect(await screen.findByText('1 - 20 of 45')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'central-la-nola-2301' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText('21 - 40 of 45')).toBeInTheDocument();
    await userEvent.type(screen.getByRole('searchbox'), 'wa-sea');
    expect(await screen.findByText('1 - 7 of 7')).toBeInTheDocument();
  });

  it('opens hierarchies level by level, and shows the clusters of a group', async () => {
    const api = createSampleApi();
    const getGroup = jest.fn(api.getGroup);
    renderFleet('/res-edge/hierarchies', { ...api, getGroup });

    const central = await screen.findByRole('button', {
      name: 'stores.central',
    });
    expect(getGroup).not.toHaveBeenCalledWith({ name: 'stores.central' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Groups in stores.central' }),
    );
    expect(
      await screen.findByRole('button', { name: 'stores.central.tx' }),
    ).toBeInTheDocument();
    await userEvent.click(central);
    expect(await screen.findByText('1 - 6 of 6')).toBeInTheDocument();
    expect(screen.getByText('taxRegion')).toBeInTheDocument();
  });

  it('compares the reach of applications', async () => {
    renderFleet('/res-edge/applications');

    expect(
      await screen.findByRole('img', { name: '8 of 9 placed, 1 refused' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/polls ~1\.0: v1\.0\.1/)).toBeInTheDocument();
    expect(screen.getByText('polling failed')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '1.0.1 asked' })).toHaveAttribute(
      'href',
      '/res-edge/change-requests/imdb',
    );
  });

  it('shows a plan with its effects', async () => {
    renderFleet('/res-edge/plans');

    await userEvent.click(
      await screen.findByRole('link', {
        name: 'edgeapplication:default/imdb changed',
      }),
    );
    expect(
      await screen.findByText('6 clusters will run it'),
    ).toBeInTheDocument();
  });
});
