import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { FLEET_TABS } from '../components/fleetTabs';
import { rootRouteRef } from '../routes';

const fleetPage = PageBlueprint.make({
  params: { path: '/res-edge', routeRef: rootRouteRef },
});

const tabs = FLEET_TABS.map(({ path, title, load }) =>
  SubPageBlueprint.make({
    name: path,
    params: { path, title, loader: load },
  }),
);

/** The Fleet page and its tabs. */
export const pageExtensions = [fleetPage, ...tabs];
