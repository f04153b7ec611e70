import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Approval } from '@res-edge/backstage-plugin-res-edge-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { ApprovalSection } from './ApprovalSection';

const APPROVAL: Approval = {
  policy: 'two-of-operations',
  state: 'waiting',
  steps: [
    {
      from: ['group:default/operations'],
      count: 2,
      given: [
        {
          actor: 'user:default/ann',
          at: '2026-11-20T12:00:00Z',
          reason: 'Tried in the lab',
        },
      ],
    },
    { from: ['user:default/judge'], count: 1, given: [] },
  ],
  open: 0,
};

async function render(approvals: Approval[] | undefined = [APPROVAL]) {
  const sample = createSampleApi();
  const api = {
    ...sample,
    approveChangeRequest: jest.fn(sample.approveChangeRequest),
    refuseChangeRequest: jest.fn(sample.refuseChangeRequest),
    breakGlass: jest.fn(sample.breakGlass),
  };
  const changeRequest = await api.getChangeRequest({ id: 'imdb' });
  const onChanged = jest.fn();
  renderInTestApp(
    <ApprovalSection
      changeRequest={{ ...changeRequest, approvals }}
      onChanged={onChanged}
    />,
    {
      apis: [[resEdgeApiRef, api], mockApis.permission()],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  const { digest } = changeRequest;
  return { api, onChanged, decision: { id: 'imdb', digest } };
}

/** Opens the dialog of a button, gives a reason, and confirms. */
async function confirm(label: string, confirmation: string, reason: string) {
  const button = await screen.findByRole('button', { name: label });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText(/Reason/), reason);
  await userEvent.click(
    within(dialog).getByRole('button', { name: confirmation }),
  );
}

describe('the approvals of a change request', () => {
  it('say whom they ask, who agreed, and why', async () => {
    await render();
    expect(
      await screen.findByText(/1 of 2 from group:default\/operations/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Tried in the lab/)).toBeInTheDocument();
    expect(
      screen.getByText(/0 of 1 from user:default\/judge/),
    ).toBeInTheDocument();
    expect(screen.getByText('Waits')).toBeInTheDocument();
  });

  it('are given for what stands on the page', async () => {
    const { api, onChanged, decision } = await render();
    await confirm('Approve', 'Approve', 'Fine');
    await waitFor(() => expect(onChanged).toHaveBeenCalled());
    expect(api.approveChangeRequest).toHaveBeenCalledWith({
      ...{ ...decision, reason: 'Fine', merge: true },
    });
  });

  it('are refused and gone without, with a reason', async () => {
    const { api, onChanged, decision } = await render();
    await confirm('Refuse', 'Refuse', 'Not today');
    await waitFor(() => expect(onChanged).toHaveBeenCalledTimes(1));
    expect(api.refuseChangeRequest).toHaveBeenCalledWith({
      ...{ ...decision, reason: 'Not today' },
    });
    await confirm('Break glass', 'Merge now', 'Tills are down');
    await waitFor(() => expect(onChanged).toHaveBeenCalledTimes(2));
    expect(api.breakGlass).toHaveBeenCalledWith({
      ...{ ...decision, reason: 'Tills are down' },
    });
  });
});
