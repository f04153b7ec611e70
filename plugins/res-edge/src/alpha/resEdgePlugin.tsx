import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiStore2Line } from '@remixicon/react';
import { rootRouteRef } from '../routes';
import { resEdgeApi } from './apis';
import { entityExtensions } from './entities';
import { formFieldExtensions } from './formFields';
import { pageExtensions } from './pages';

/** The plugin with the types of all its extensions. @internal */
export const resEdgePlugin = createFrontendPlugin({
  pluginId: 'res-edge',
  title: 'Fleet',
  icon: <RiStore2Line />,
  info: { packageJson: () => import('../../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    resEdgeApi,
    ...pageExtensions,
    ...entityExtensions,
    ...formFieldExtensions,
  ],
});
