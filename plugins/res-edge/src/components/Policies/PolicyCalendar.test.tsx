import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { resEdgeApiRef } from '../../api';
import { createSampleApi } from '../../__testUtils__/SampleApi';
import { calendarDays, hourOf, stretchesOf } from '../common';
import { PolicyCalendar } from './PolicyCalendar';

describe('PolicyCalendar', () => {
  it('shows when freezes and overrides hold, and where windows are open', async () => {
    renderInTestApp(<PolicyCalendar />, {
      apis: [[resEdgeApiRef, createSampleApi()], mockApis.permission()],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    const calendar = await screen.findByRole('region', { name: 'Calendar' });
    expect(calendar).toHaveTextContent(
      /black-friday.*Frozen on 12 clusters, .* – .*: Black Friday/,
    );
    expect(calendar).toHaveTextContent(/price-error.*Lifted on 2 clusters/);
    expect(calendar).toHaveTextContent('Open now on 18 of 18 clusters');
    const strip = screen.getByRole('img', {
      name: 'Open on up to 18 of 18 clusters',
    });
    expect(strip.querySelectorAll('rect')).toHaveLength(14);
  });
});

describe('the days of a calendar', () => {
  it('begin at midnight, by the clock of the reader', () => {
    const noon = new Date(2026, 10, 27, 12);
    const days = calendarDays(noon.toISOString(), 48);
    expect(days).toEqual([
      { start: 12, weekday: 'Sat', day: 28 },
      { start: 36, weekday: 'Sun', day: 29 },
    ]);
  });

  it('keep what begins before them or ends behind them within', () => {
    const calendar = { from: '2026-11-27T12:00:00Z', hours: 48 };
    expect(hourOf('2026-11-20T12:00:00Z', calendar)).toBe(0);
    expect(hourOf('2026-11-27T18:00:00Z', calendar)).toBe(6);
    expect(hourOf('2026-12-20T12:00:00Z', calendar)).toBe(48);
  });

  it('join hours that are alike', () => {
    expect(stretchesOf([0, 2, 2, 3, 0, 0, 3])).toEqual([
      { start: 1, length: 2, value: 2 },
      { start: 3, length: 1, value: 3 },
      { start: 6, length: 1, value: 3 },
    ]);
  });
});
