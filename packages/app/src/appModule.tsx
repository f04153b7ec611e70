import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  SignInPageBlueprint,
} from '@backstage/plugin-app-react';
import { Navigate } from 'react-router-dom';
import { NavigationBar } from './navigation';

/** What the portal itself adds to the app: the sidebar, the sign-in page, and a home that is the fleet. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'home',
      params: {
        path: '/',
        loader: async () => <Navigate to="/res-edge" replace />,
      },
    }),
    NavContentBlueprint.make({
      params: {
        component: props => <NavigationBar navItems={props.navItems} />,
      },
    }),
    SignInPageBlueprint.make({
      params: {
        loader: () =>
          import('./PortalSignInPage').then(module => module.PortalSignInPage),
      },
    }),
  ],
});
