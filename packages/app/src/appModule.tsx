import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavigationBar } from './navigation';
import {
  NavContentBlueprint,
  SignInPageBlueprint,
} from '@backstage/plugin-app-react';

/** What the portal itself adds to the app: the sidebar and the sign-in page. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
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
