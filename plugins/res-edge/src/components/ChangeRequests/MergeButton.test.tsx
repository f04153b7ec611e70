import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen } from '@testing-library/react';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { MergeButton } from './MergeButton';

// in a file of its own: the answers about permissions are kept for all tests of a file
describe('the button that merges', () => {
  it('is disabled for who may not merge, and says so', async () => {
    const api = createSampleApi();
    renderInTestApp(
      <MergeButton
        changeRequest={await api.getChangeRequest({ id: 'imdb' })}
        onChanged={() => {}}
      />,
      {
        apis: [
          [resEdgeApiRef, api],
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      },
    );

    expect(
      await screen.findByText(
        'You are not permitted to merge change requests.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeDisabled();
  });
});
