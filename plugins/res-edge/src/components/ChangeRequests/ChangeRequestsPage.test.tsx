import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConflictError } from '@backstage/errors';
import { resEdgeApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { ChangeRequestsPage } from './ChangeRequestsPage';

function render(id: string, api = createSampleApi()) {
  renderInTestApp(<ChangeRequestsPage />, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: {
      '/res-edge': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    mountPath: '/change-requests/*',
    initialRouteEntries: [`/change-requests/${id}`],
  });
}

async function confirmMerge() {
  const button = await screen.findByRole('button', { name: 'Merge' });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Merge now' }),
  );
}

describe('a change request', () => {
  it('shows what changes for whom, and the files', async () => {
    render('imdb');

    expect(
      await screen.findByText('6 clusters will run it'),
    ).toBeInTheDocument();
    expect(screen.getByText('and 1 more')).toBeInTheDocument();
    const release = screen.getByRole('region', {
      name: 'Differences in apps/imdb/release.yaml',
    });
    expect(within(release).getByText(/version: 1.0.0/)).toBeInTheDocument();
    expect(screen.getByText('Too long to be shown here.')).toBeInTheDocument();
  });

  it('leads to its pull request', async () => {
    const api = createSampleApi();
    const url = 'https://github.com/example/gitops/pull/7';
    render('imdb', {
      ...api,
      getChangeRequest: async path => ({
        ...(await api.getChangeRequest(path)),
        pullRequest: { number: 7, url, state: 'open' },
      }),
    });
    const link = await screen.findByRole('link', {
      name: 'pull request #7, open',
    });
    expect(link).toHaveAttribute('href', url);
  });

  it('is merged after a confirmation, with the decision that was read', async () => {
    const api = createSampleApi();
    const mergeChangeRequest = jest.fn(api.mergeChangeRequest);
    render('imdb', { ...api, mergeChangeRequest });

    await confirmMerge();

    expect(await screen.findByText('Merged')).toBeInTheDocument();
    expect(mergeChangeRequest).toHaveBeenCalledTimes(1);
    expect(mergeChangeRequest).toHaveBeenCalledWith({
      id: 'imdb',
      digest: 'sha256:imdb',
    });
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
  });

  it('is read again where another decision stands there by now', async () => {
    const api = createSampleApi();
    const getChangeRequest = jest.fn(api.getChangeRequest);
    render('imdb', {
      ...api,
      getChangeRequest,
      async mergeChangeRequest() {
        throw new ConflictError('The decision is another one.');
      },
    });

    await confirmMerge();

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Changed meanwhile: read again');
    expect(alert).toHaveTextContent('The decision is another one.');
    await waitFor(() => expect(getChangeRequest).toHaveBeenCalledTimes(2));
    expect(screen.getByRole('button', { name: 'Merge' })).toBeEnabled();
  });

  it('says why it cannot be merged', async () => {
    render('heartbeat');

    expect(
      await screen.findByText(
        'main holds a foreign commit in namespaces/heartbeat.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeDisabled();
  });

  it('is found by its state', async () => {
    render('');

    expect(
      await screen.findByRole('link', {
        name: 'imdb: version 1.0.1 on more clusters',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Open, blocked')).toBeInTheDocument();
  });

  it('is not there', async () => {
    render('nothing');

    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});
