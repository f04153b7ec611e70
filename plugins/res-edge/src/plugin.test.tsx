import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Route, Routes } from 'react-router-dom';
import { screen } from '@testing-library/react';
import * as entry from '.';
import { LegacyFleetPage } from './components/LegacyFleetPage';
import { createSampleApi } from './__testUtils__/SampleApi';

describe('the plugin for the legacy frontend system', () => {
  it('exports the plugin, its page, its tabs and what both systems share', () => {
    expect(Object.keys(entry).sort()).toEqual([
      'EdgeApplicationPickerFieldExtension',
      'EdgeClusterPickerFieldExtension',
      'EdgeGroupPickerFieldExtension',
      'EdgeMappingFieldExtension',
      'EdgeNamespacePickerFieldExtension',
      'EdgePlanPreviewFieldExtension',
      'EdgeSelectorFieldExtension',
      'EntityEdgeApplicationContent',
      'EntityEdgeClusterContent',
      'EntityEdgeGroupContent',
      'EntityEdgeNamespaceContent',
      'EntityEdgeProblemsCard',
      'ResEdgePage',
      'auditRouteRef',
      'changeRequestRouteRef',
      'changeRequestsRouteRef',
      'hasEdgeKind',
      'planRouteRef',
      'plansRouteRef',
      'resEdgeApiRef',
      'resEdgePlugin',
      'rolloutRouteRef',
      'rolloutsRouteRef',
      'rootRouteRef',
    ]);
    expect(entry.resEdgePlugin.getId()).toBe('res-edge');
    expect([...entry.resEdgePlugin.getApis()].map(each => each.api.id)).toEqual(
      ['plugin.res-edge.api'],
    );
  });

  it('tells entities by kind', () => {
    const isGroup = entry.hasEdgeKind('EdgeGroup');
    const entity = { apiVersion: 'x', metadata: { name: 'x' } };
    expect(isGroup({ ...entity, kind: 'EdgeGroup' })).toBe(true);
    expect(isGroup({ ...entity, kind: 'Group' })).toBe(false);
  });

  it.each([
    ['/res-edge', 'Change requests to merge'],
    ['/res-edge/change-requests/imdb', 'What changes for whom'],
    ['/res-edge/rollouts/r-imdb', 'Timeline'],
  ])('shows at %s the same pages under its own header', async (path, text) => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [entry.resEdgeApiRef, createSampleApi()],
          [permissionApiRef, mockApis.permission()],
        ]}
      >
        <Routes>
          <Route path="/res-edge/*" element={<LegacyFleetPage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: [path],
        mountedRoutes: {
          '/res-edge': entry.rootRouteRef,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );

    expect(screen.getByRole('heading', { name: 'Fleet' })).toBeInTheDocument();
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});
