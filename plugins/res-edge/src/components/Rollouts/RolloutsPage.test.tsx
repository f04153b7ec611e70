import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { RolloutDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { RolloutsPage } from './RolloutsPage';

function render(id: string, api = createSampleApi()) {
  renderInTestApp(<RolloutsPage />, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: {
      '/res-edge': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    mountPath: '/rollouts/*',
    initialRouteEntries: [`/rollouts/${id}`],
  });
}

/** The sample with something else. */
function apiWith(change: Partial<RolloutDetails>) {
  const api = createSampleApi();
  return {
    ...api,
    getRollout: async (path: { id: string }) => ({
      ...(await api.getRollout(path)),
      ...change,
    }),
  };
}

async function ask(label: string, reason: string) {
  const button = await screen.findByRole('button', { name: label });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText(/Reason/), reason);
  await userEvent.click(within(dialog).getByRole('button', { name: label }));
}

describe('the rollouts', () => {
  it('are listed with their rings, what happened last and who caused it', async () => {
    render('');
    const row = await screen.findByRole('row', { name: /imdb 1\.4\.2/ });
    expect(row).toHaveTextContent('Running');
    expect(row).toHaveTextContent(/beta done.*pilot rolling.*prod waiting/);
    expect(row).toHaveTextContent('pilot: Main names the release for it');
    expect(
      within(row).getByRole('link', { name: 'imdb 1.4.2' }),
    ).toHaveAttribute('href', '/res-edge/rollouts/r-imdb');
    // What is under way comes first.
    expect(screen.getAllByRole('row').slice(1)[0]).toBe(row);
  });

  it('say what to do where there are none', async () => {
    const listRollouts = async () => ({ items: [] });
    render('', { ...createSampleApi(), listRollouts });
    expect(await screen.findByText('No rollouts')).toBeInTheDocument();
  });
});

describe('a rollout', () => {
  it('shows how the clusters of each ring stand, and what it has to meet', async () => {
    render('r-imdb');
    const pilot = await screen.findByRole('listitem', { name: 'Ring pilot' });
    expect(pilot).toHaveTextContent('200 clusters, rolling since 2 hours ago');
    expect(
      within(pilot).getByRole('img', {
        name: '120 healthy, 20 rolling, 2 failed, 30 deferred, 8 unreachable, 6 no report yet, 14 waiting, 3 pinned',
      }),
    ).toBeInTheDocument();
    expect(pilot).toHaveTextContent(
      '120 of 146 needed are healthy; 2 failed, 9 may',
    );
    expect(
      screen.getByRole('listitem', { name: 'Ring prod' }),
    ).toHaveTextContent('A person has to say that it may begin');
    expect(screen.getByText('beta done').closest('li')).toHaveTextContent(
      'Tills look well, user:default/ada',
    );
  });

  it('shows the same of content of a namespace', async () => {
    render('r-content');
    const [pilot] = await screen.findAllByRole('listitem', {
      name: 'Ring pilot',
    });
    expect(
      screen.getByRole('heading', { name: 'Content of bar' }),
    ).toBeInTheDocument();
    expect(
      within(pilot).getByRole('img', { name: '3 healthy, 9 waiting' }),
    ).toBeInTheDocument();
  });

  it('shows its gates with what was read, and until when it soaks', async () => {
    const since = new Date(Date.now() - 3_600_000).toISOString();
    render(
      'r-imdb',
      apiWith({
        rings: [
          {
            ...{ name: 'beta', phase: 'soaking', since },
            soakEnds: new Date(Date.now() + 7_260_000).toISOString(),
            gates: [
              {
                ...{ name: 'errors', type: 'prometheus', state: 'failing' },
                ...{ value: 0.2, operator: '<', threshold: 0.05, since },
                ...{ message: '0.2 errors a second', readAt: since },
              },
            ],
          },
        ],
      }),
    );
    const beta = await screen.findByRole('listitem', { name: 'Ring beta' });
    expect(beta).toHaveTextContent('Soaks until in 2 hours');
    expect(beta).toHaveTextContent('errors failing');
    expect(beta).toHaveTextContent('0.2 < 0.05 0.2 errors a second');
  });

  it('says when it and its rings are expected to be done, or why no time is known', async () => {
    const { listRollouts, getRollout } = createSampleApi();
    render('r-imdb');
    const waits = "No time is known: Ring 'prod' waits for a person";
    // Of all rings once.
    expect(await screen.findAllByText(waits)).toHaveLength(1);
    expect(
      screen.getByRole('listitem', { name: 'Ring pilot' }),
    ).toHaveTextContent('Expected to be done tomorrow');
    cleanup();

    const at = (hours: number) =>
      new Date(Date.now() + (hours + 0.1) * 3_600_000).toISOString();
    const eta = { startsAt: at(2), endsAt: at(5), reason: 'Not all is known' };
    const { rings, ...rest } = await getRollout({ id: 'r-imdb' });
    const known = { ...rest, eta: { endsAt: at(5) } };
    render(
      'r-imdb',
      apiWith({
        ...known,
        rings: [...rings.slice(0, 2), { ...rings[2], eta }],
      }),
    );
    const prod = await screen.findByRole('listitem', { name: 'Ring prod' });
    expect(prod).toHaveTextContent(
      'Expected to begin in 2 hours, to be done in 5 hours; Not all is known',
    );
    expect(screen.getAllByText(/to be done/)).toHaveLength(3);
    cleanup();

    const { items } = await listRollouts();
    render('', {
      ...createSampleApi(),
      listRollouts: async () => ({ items: [{ ...items[0], ...known }] }),
    });
    expect(
      await screen.findByRole('row', { name: /imdb 1\.4\.2/ }),
    ).toHaveTextContent('Expected to be done in 5 hours');
  });

  it('does what it is asked for, with the reason, and shows it', async () => {
    const api = createSampleApi();
    const commandRollout = jest.fn(api.commandRollout);
    render('r-imdb', { ...api, commandRollout });
    await ask('Pause', 'Tills are slow');
    expect(await screen.findAllByText(/Tills are slow/)).not.toHaveLength(0);
    expect(await screen.findByRole('button', { name: 'Resume' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(commandRollout).toHaveBeenCalledWith({
      ...{ id: 'r-imdb', command: 'pause', reason: 'Tills are slow' },
    });
  });

  it('asks for the ring that waits next', async () => {
    const api = createSampleApi();
    const commandRollout = jest.fn(api.commandRollout);
    render('r-imdb', { ...api, commandRollout });
    await ask('Skip prod', 'Not this week');
    await waitFor(() =>
      expect(commandRollout).toHaveBeenCalledWith({
        ...{ id: 'r-imdb', command: 'skip', ring: 'prod' },
        reason: 'Not this week',
      }),
    );
  });

  it('says what becomes of content, which has no version, before it is taken back', async () => {
    render('r-content', apiWith({ commands: ['roll-back'] }));
    const button = await screen.findByRole('button', { name: 'Roll back' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Take this content back?');
    expect(dialog).toHaveTextContent(
      'the last content that has been through all of them',
    );
  });

  it('says why nothing can be asked of it', async () => {
    const commandsBlocked = "A newer rollout of 'imdb' took its place";
    render('r-imdb', apiWith({ commands: [], commandsBlocked }));
    expect(await screen.findByText(commandsBlocked)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  });
});
