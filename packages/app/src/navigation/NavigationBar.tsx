import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentNavItem,
  NavContentNavItems,
} from '@backstage/plugin-app-react';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { SidebarLogo } from './SidebarLogo';

function NavigationItem({ href, icon, title }: NavContentNavItem) {
  return <SidebarItem to={href} icon={() => <>{icon}</>} text={title} />;
}

/** The sidebar: the fleet first, then what every portal has. */
export function NavigationBar(props: { navItems: NavContentNavItems }) {
  const items = props.navItems.withComponent(NavigationItem);
  // Reached from elsewhere: the search field, an entity's page, the catalog.
  items.take('page:search');
  items.take('page:catalog-graph');
  items.take('page:catalog-import');
  const fleet = items.take('page:res-edge');
  const catalog = items.take('page:catalog');
  const templates = items.take('page:scaffolder');
  const settings = items.take('page:user-settings');
  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {fleet}
        {catalog}
        {templates}
        {items.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      {settings}
    </Sidebar>
  );
}
