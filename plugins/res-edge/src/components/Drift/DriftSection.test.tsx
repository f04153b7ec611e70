import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConflictError } from '@backstage/errors';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { DriftSection } from './DriftSection';

function render(api = createSampleApi()) {
  renderInTestApp(<DriftSection />, {
    apis: [[resEdgeApiRef, api], mockApis.permission()],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

async function confirm(label: string, reason?: string) {
  const button = await screen.findByRole('button', { name: label });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  const dialog = await screen.findByRole('dialog');
  if (reason)
    await userEvent.type(within(dialog).getByLabelText('Reason'), reason);
  await userEvent.click(
    within(dialog).getByRole('button', { name: `${label} now` }),
  );
}

describe('what was changed by hand', () => {
  it('shows who, when and which lines', async () => {
    render();
    expect(
      await screen.findByText('Changed by hand on main'),
    ).toBeInTheDocument();
    expect(await screen.findByText(/Revert the quota/)).toHaveTextContent(
      /^Ann, .*: Revert the quota c0ffee012345$/,
    );
    expect(
      await screen.findByText('apps/heartbeat/release.yaml'),
    ).toBeInTheDocument();
  });

  it.each([
    ['Adopt', 'adoptDrift'],
    ['Discard', 'discardDrift'],
  ] as const)('%s: after a confirmation, as it was read', async (label, id) => {
    const api = createSampleApi();
    const call = jest.fn(api[id]);
    render({ ...api, [id]: call });
    await confirm(label, 'By night');
    await waitFor(() =>
      expect(screen.queryByText('Changed by hand on main')).toBeNull(),
    );
    expect(call).toHaveBeenCalledTimes(1);
    expect(call).toHaveBeenCalledWith({
      kind: 'EdgeNamespace',
      name: 'heartbeat',
      digest: 'by-hand',
      reason: 'By night',
    });
  });

  it('says where something else was changed meanwhile', async () => {
    render({
      ...createSampleApi(),
      async discardDrift() {
        throw new ConflictError('More was changed.');
      },
    });
    await confirm('Discard');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Changed meanwhile: read again',
    );
  });

  it('does not offer to adopt what cannot be read', async () => {
    const api = createSampleApi();
    const { items } = await api.listDrift();
    render({
      ...api,
      async listDrift() {
        return { items: items.map(each => ({ ...each, readable: false })) };
      },
    });
    expect(
      await screen.findByText('What cannot be read cannot be adopted.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Adopt' })).toBeDisabled();
    expect(screen.getByText('It cannot be read')).toBeInTheDocument();
  });

  it('is nothing in the usual case', async () => {
    const listDrift = jest.fn(async () => ({ items: [] }));
    render({ ...createSampleApi(), listDrift });
    await waitFor(() => expect(listDrift).toHaveBeenCalled());
    expect(screen.queryByText('Changed by hand on main')).toBeNull();
  });
});
