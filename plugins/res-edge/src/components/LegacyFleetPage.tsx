import { lazy, Suspense } from 'react';
import {
  Header,
  Page,
  Progress,
  TabbedLayout,
} from '@backstage/core-components';
import { FLEET_TABS } from './fleetTabs';

const TABS = FLEET_TABS.map(({ path, title, load }) => ({
  path,
  title,
  Content: lazy(async () => {
    const element = await load();
    return { default: () => element };
  }),
}));

/** The Fleet page with the header and the tabs of the legacy frontend system. */
export function LegacyFleetPage() {
  return (
    <Page themeId="tool">
      <Header title="Fleet" />
      <TabbedLayout>
        {TABS.map(({ path, title, Content }) => (
          <TabbedLayout.Route key={path} path={`/${path}`} title={title}>
            <Suspense fallback={<Progress />}>
              <Content />
            </Suspense>
          </TabbedLayout.Route>
        ))}
      </TabbedLayout>
    </Page>
  );
}
