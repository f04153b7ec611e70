import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { GuardSection } from './GuardSection';

function render(api = createSampleApi()) {
  renderInTestApp(<GuardSection />, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('what waits for a sign-off', () => {
  it('is listed, and goes with a reason', async () => {
    const api = createSampleApi();
    const signOffGuard = jest.fn(api.signOffGuard);
    render({ ...api, signOffGuard });
    expect(await screen.findByText('Application imdb')).toBeInTheDocument();
    expect(
      screen.getByText(/of 18 clusters would lose something, 1 did/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No longer registered: closed-1'),
    ).toBeInTheDocument();

    const button = screen.getByRole('button', { name: 'Sign off' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Sign off now',
    });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'The stores close',
    );
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByText('Waits for a sign-off')).toBeNull(),
    );
    expect(signOffGuard).toHaveBeenCalledWith({
      id: 'guard-imdb',
      reason: 'The stores close',
    });
  });
});
