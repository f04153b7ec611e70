import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { rootRouteRef } from '../../routes';
import { AuditPage } from './AuditPage';
import { EntityAuditLink } from './EntityAuditLink';

function render(element = <AuditPage />, address = '/') {
  const api = createSampleApi();
  const listAuditEntries = jest.spyOn(api, 'listAuditEntries');
  renderInTestApp(element, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/res-edge': rootRouteRef,
    },
    initialRouteEntries: [address],
  });
  return listAuditEntries;
}

describe('AuditPage', () => {
  it('shows who did what, and each field before and after', async () => {
    render();
    const log = await screen.findByRole('region', { name: 'Audit log' });
    expect(within(log).getByText('user:default/ann')).toBeInTheDocument();
    expect(
      within(log).getByRole('link', { name: 'central-tx-atx-2301' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/edgecluster/central-tx-atx-2301',
    );
    await userEvent.click(within(log).getByText('user:default/ann'));
    const details = within(log).getByRole('region', {
      name: 'What became of cluster central-tx-atx-2301',
    });
    expect(details).toHaveTextContent(/spec\.environment\s*test\s*prod/);
    expect(details).not.toHaveTextContent('storeNumber');
  });

  it('asks for what the address and the filters say', async () => {
    const list = render(<AuditPage />, '/?kind=EdgeCluster&name=a');
    await waitFor(() =>
      expect(list).toHaveBeenCalledWith(
        expect.objectContaining({ kind: 'EdgeCluster', name: 'a' }),
      ),
    );
    await userEvent.type(screen.getByLabelText('Who'), 'user:default/ann');
    await waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(
        expect.objectContaining({ actor: 'user:default/ann', name: 'a' }),
      ),
    );
  });

  it('is led to by entities', async () => {
    render(<EntityAuditLink kind="EdgeGroup" name="geo.us" />);
    expect(
      await screen.findByRole('link', { name: 'Who changed this' }),
    ).toHaveAttribute('href', '/res-edge/audit?kind=EdgeGroup&name=geo.us');
  });
});
