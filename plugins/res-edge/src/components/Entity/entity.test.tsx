import { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  ChangeEta,
  EdgeKind,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { ApplicationContent } from './ApplicationContent';
import { ClusterContent } from './ClusterContent';
import { EntityProblemsCard } from './EntityProblemsCard';
import { GroupContent } from './GroupContent';
import { NamespaceContent } from './NamespaceContent';

function render(
  content: ReactElement,
  kind: EdgeKind,
  name: string,
  api = createSampleApi(),
) {
  const entity = {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
  };
  return renderInTestApp(
    <EntityProvider entity={entity}>{content}</EntityProvider>,
    {
      apis: [[resEdgeApiRef, api]],
      mountedRoutes: {
        '/res-edge': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

const inHours = (hours: number) =>
  new Date(Date.now() + hours * 3_600_000).toISOString();

describe('the tab of a cluster', () => {
  it('shows what waits, what runs there and why, what does not and why not', async () => {
    render(<ClusterContent />, 'EdgeCluster', 'central-tx-atx-2301');

    const running = await screen.findByRole('region', { name: 'Runs here' });
    expect(running).toHaveTextContent('heartbeat');
    expect(running).toHaveTextContent('delivered: 1.0.0');
    expect(running).toHaveTextContent('Selected by its namespace.');
    const waits = screen.getByRole('region', { name: 'Waits' });
    expect(waits).toHaveTextContent('1.0.0 → 1.0.1');
    expect(waits).toHaveTextContent("Window 'store-hours' is closed");
    const refused = screen.getByRole('region', { name: 'Refused' });
    expect(refused).toHaveTextContent('imdb');
    expect(refused).toHaveTextContent('fit');
    expect(refused).toHaveTextContent(
      'It requests 250m cpu, 100m are left of the quota.',
    );
    expect(
      screen.getByText('Namespace dogs-cats does not select it.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: '14500m of 16' }),
    ).toBeInTheDocument();
    expect(screen.getByText('12 of unlimited')).toBeInTheDocument();
    expect(screen.getByText(/instead of/)).toHaveTextContent(
      'instead of none from group stores',
    );
  });

  it.each<[string, ChangeEta | undefined]>([
    ['It may come', undefined],
    [
      'Its ring is expected to begin tomorrow. It is expected here about in 2 days.',
      { version: '1.4.2', ringStartsAt: inHours(25), at: inHours(49) },
    ],
    [
      "No time is known: Ring 'prod' waits for a person. It may come",
      { version: '1.4.2', reason: "Ring 'prod' waits for a person" },
    ],
  ])(
    'says why a release that is rolled out is not there yet: %s',
    async (expected, eta) => {
      const api = createSampleApi();
      const getClusterPlacements: ResEdgeApi['getClusterPlacements'] =
        async path => {
          const found = await api.getClusterPlacements(path);
          const [heartbeat] = found.applications;
          const imdb = {
            ...heartbeat,
            application: 'imdb',
            ring: 'pilot',
            eta,
          };
          return { ...found, applications: [imdb, heartbeat] };
        };
      render(<ClusterContent />, 'EdgeCluster', 'central-tx-atx-2301', {
        ...{ ...api, getClusterPlacements },
      });
      const notYet = await screen.findByRole('region', {
        name: 'Not here yet',
      });
      expect(notYet).toHaveTextContent(
        "imdb 1.4.2: ring pilot is rolling; Window 'store-hours' is closed.",
      );
      expect(notYet).toHaveTextContent(expected);
      expect(within(notYet).getByRole('link')).toHaveAttribute(
        'href',
        '/res-edge/rollouts/r-imdb',
      );
      // What no rollout is about waits as always.
      const waits = screen.getByRole('region', { name: 'Waits' });
      expect(waits).toHaveTextContent('heartbeat');
      expect(waits).not.toHaveTextContent('imdb');
    },
  );

  it('shows what the cluster itself needs when that is opened, for either engine', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    render(<ClusterContent />, 'EdgeCluster', 'central-tx-atx-2301');
    expect(screen.queryByText('res-edge.yaml')).not.toBeInTheDocument();

    await user.click(await screen.findByText(/^Bootstrap/));

    expect(
      await screen.findByRole('heading', { name: 'res-edge.yaml' }),
    ).toBeInTheDocument();
    expect(screen.getByText('kind: GitRepository')).toBeInTheDocument();
    expect(screen.getByText('delivery/shard-001')).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Copy res-edge.yaml' }),
    );
    expect(copied).toHaveBeenCalledWith('kind: GitRepository\n');
    await user.click(screen.getByRole('button', { name: /Follows/ }));
    await user.click(screen.getByRole('option', { name: 'OCI artifact' }));
    expect(await screen.findByText('kind: OCIRepository')).toBeInTheDocument();
    expect(screen.getByText('latest')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /Delivered by/ }));
    await user.click(screen.getByRole('option', { name: 'Argo CD' }));
    expect(await screen.findByText('kind: Application')).toBeInTheDocument();
  });

  it('explains an application step by step', async () => {
    render(<ClusterContent />, 'EdgeCluster', 'central-tx-atx-2301');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Explain imdb' }),
    );

    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(/it does not fit\.$/),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent(
      'To change that: Raise spec.resources.quota.cpu to 2150m.',
    );
    expect(within(dialog).getByText('not asked')).toBeInTheDocument();
  });
});

describe('the tab of a group', () => {
  it('shows its children, its clusters and the values that they inherit', async () => {
    render(<GroupContent />, 'EdgeGroup', 'stores.central');

    expect(
      await screen.findByRole('link', { name: 'stores.central.tx' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('1 - 6 of 6')).toBeInTheDocument();
    expect(screen.getByText('taxRegion')).toBeInTheDocument();
    const rollout = screen.getByRole('region', { name: 'Rollout' });
    expect(
      within(rollout).getByRole('link', { name: 'Content of stores.central' }),
    ).toHaveAttribute('href', '/res-edge/rollouts/r-group');
  });
});

describe('the tab of a namespace', () => {
  it('shows its reach and its applications', async () => {
    render(<NamespaceContent />, 'EdgeNamespace', 'imdb');

    expect(await screen.findByText('6 clusters')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'heartbeat' })).toBeInTheDocument();
  });
});

describe('the tab of an application', () => {
  it('shows where it runs, where it is refused and why, and explains any cluster', async () => {
    render(<ApplicationContent />, 'EdgeApplication', 'imdb');

    expect(await screen.findByText('1 - 18 of 18')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Rollout' })).toHaveTextContent(
      /imdb 1\.4\.2Running since .*beta done.*pilot rolling/,
    );
    expect(
      await screen.findAllByText(
        'It requests 250m cpu, 100m are left of the quota.',
      ),
    ).toHaveLength(3);
    await userEvent.type(screen.getByRole('textbox'), 'west-ca-sd-2301{Enter}');
    expect(
      await within(await screen.findByRole('dialog')).findByText(
        /imdb is not placed on west-ca-sd-2301/,
      ),
    ).toBeInTheDocument();
  });
});

describe('the rollouts that an application had', () => {
  it('are read when they are opened, each with how it ended, why and by whom', async () => {
    const api = createSampleApi();
    const getRolloutHistory = jest.spyOn(api, 'getRolloutHistory');
    render(<ApplicationContent />, 'EdgeApplication', 'imdb', api);

    const section = await screen.findByRole('region', { name: 'Rollout' });
    expect(getRolloutHistory).not.toHaveBeenCalled();
    await userEvent.click(within(section).getByText('All its rollouts'));

    const past = await screen.findByRole('row', { name: /imdb 1\.4\.1/ });
    expect(past).toHaveTextContent(/Rolled back.*3 days ago/);
    expect(past).toHaveTextContent('Tills were slow, user:default/ada');
    expect(
      within(past).getByRole('link', { name: 'imdb 1.4.1' }),
    ).toHaveAttribute('href', '/res-edge/rollouts/r-imdb-past');
    expect(getRolloutHistory).toHaveBeenCalledWith(
      expect.objectContaining({ application: 'imdb', limit: 10 }),
    );
  });
});

describe('the card of problems', () => {
  it('lists what is wrong', async () => {
    render(<EntityProblemsCard />, 'EdgeCluster', 'central-tx-atx-2302');

    expect(await screen.findByText('1 problem')).toBeInTheDocument();
    expect(
      screen.getByText(/Group franchise.nobody is not registered/),
    ).toBeInTheDocument();
  });

  it('is not there where nothing is', async () => {
    render(
      <>
        <EntityProblemsCard />
        <ClusterContent />
      </>,
      'EdgeCluster',
      'central-tx-atx-2301',
    );

    await screen.findByRole('region', { name: 'Runs here' });
    expect(screen.queryByText(/problem/)).toBeNull();
  });
});
