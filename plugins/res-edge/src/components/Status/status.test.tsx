import { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { rootRouteRef } from '../../routes';
import {
  ApplicationStatusSection,
  ClusterStatusSection,
  FleetStatusCard,
} from '.';

function render(content: ReactElement) {
  const api = createSampleApi();
  const getApplicationStatus = jest.spyOn(api, 'getApplicationStatus');
  renderInTestApp(content, {
    apis: [[resEdgeApiRef, api]],
    mountedRoutes: {
      '/res-edge': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
  });
  return { getApplicationStatus };
}

describe('what is reported', () => {
  it('of a cluster: whether it is heard of, and what it says of each application', async () => {
    render(<ClusterStatusSection cluster="a" />);
    const section = await screen.findByRole('region', { name: 'Reported' });
    expect(await within(section).findByText('reports')).toBeInTheDocument();
    expect(section).toHaveTextContent('1 current, 1 failed');
    expect(section).toHaveTextContent('healthy at commit 0123456789ab');
    const row = within(section).getByRole('row', { name: /imdb/ });
    expect(row).toHaveTextContent('failed');
    expect(row).toHaveTextContent('Deployment imdb/imdb is not ready');
    expect(
      within(section).getByText('Current: 1 application'),
    ).toBeInTheDocument();
  });

  it('of an application: counts by state and group, and the clusters of one state', async () => {
    const { getApplicationStatus } = render(
      <ApplicationStatusSection application="imdb" />,
    );
    expect(
      await screen.findByRole('img', {
        name: '4 current, 1 failed, 2 offline',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'not current 3' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: /behind/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'offline 2' }));
    expect(getApplicationStatus).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'imdb', state: 'offline' }),
    );
  });

  it('of the fleet: clusters by freshness, and the applications that drift', async () => {
    render(<FleetStatusCard />);
    expect(await screen.findByText('imdb')).toBeInTheDocument();
    expect(screen.getByText('offline')).toBeInTheDocument();
    expect(screen.queryByText('heartbeat')).toBeNull();
    expect(
      screen.getByRole('img', {
        name: '4 current, 2 failed, 1 behind, 2 offline',
      }),
    ).toBeInTheDocument();
  });
});
