import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen } from '@testing-library/react';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { RolloutCommands } from './RolloutCommands';

describe('RolloutCommands', () => {
  it('has no buttons for those who may not, and says so', async () => {
    const api = createSampleApi();
    const rollout = await api.getRollout({ id: 'r-imdb' });
    renderInTestApp(
      <RolloutCommands rollout={rollout} onChanged={() => {}} />,
      {
        apis: [
          [resEdgeApiRef, api],
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      },
    );
    expect(
      await screen.findByText('You are not permitted to command rollouts.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
