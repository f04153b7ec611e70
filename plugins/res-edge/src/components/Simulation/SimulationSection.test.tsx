import { renderInTestApp } from '@backstage/frontend-test-utils';
import { InputError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { SimulationSection } from './SimulationSection';

function render(api = createSampleApi(), application = 'imdb') {
  renderInTestApp(<SimulationSection application={application} />, {
    apis: [[resEdgeApiRef, api]],
  });
}

describe('a simulation', () => {
  it('says hour by hour what a version would do, and when each ring begins and ends', async () => {
    const api = createSampleApi();
    const simulateRollout = jest.fn(api.simulateRollout);
    render({ ...api, simulateRollout });
    await userEvent.type(screen.getByLabelText('Version'), '1.4.2');
    await userEvent.click(screen.getByRole('button', { name: 'Simulate' }));
    expect(
      await screen.findByText(
        "1.4.2 does not come to its end: Ring 'prod' waits for a person.",
      ),
    ).toBeInTheDocument();
    expect(simulateRollout).toHaveBeenCalledWith({
      ...{ application: 'imdb', version: '1.4.2', days: 7 },
      assume: { failed: 0, approveAfter: 480 },
    });
    const chart = screen.getByRole('img', {
      name: 'Clusters that run 1.4.2 over 48 hours',
    });
    // One area for each ring, and what each hour is about.
    expect(chart.querySelectorAll('polygon')).toHaveLength(2);
    expect(chart.querySelectorAll('title')[2]).toHaveTextContent(
      /beta rolling: 6 prod waiting: 0/,
    );
    expect(screen.getByRole('row', { name: /^beta 6 / })).toHaveTextContent(
      'done',
    );
    expect(screen.getByRole('row', { name: /^prod 12 – – –/ })).toBeVisible();
  });

  it('plays content of a namespace, which has no version', async () => {
    const api = createSampleApi();
    const simulateRollout = jest.fn(api.simulateRollout);
    render({ ...api, simulateRollout }, 'namespaces/imdb');
    expect(screen.queryByLabelText('Version')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Simulate' }));
    expect(
      await screen.findByText(
        "The content does not come to its end: Ring 'prod' waits for a person.",
      ),
    ).toBeInTheDocument();
    expect(simulateRollout).toHaveBeenCalledWith({
      ...{ application: 'namespaces/imdb', days: 7 },
      assume: { failed: 0, approveAfter: 480 },
    });
  });

  it('says why it cannot be played', async () => {
    const simulateRollout = async () => {
      throw new InputError('It goes through no rings');
    };
    render({ ...createSampleApi(), simulateRollout });
    await userEvent.click(screen.getByRole('button', { name: 'Simulate' }));
    expect(
      await screen.findByText('It goes through no rings'),
    ).toBeInTheDocument();
  });
});
