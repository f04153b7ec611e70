import { HumanDuration } from '@backstage/types';

export interface Config {
  catalog?: {
    providers?: {
      /** What the inventory of Res-Edge has from elsewhere than the catalog: by its API, imports, inventories of clouds. */
      resEdge?: {
        /** How often to ask for changes: every 10 seconds where left out. */
        frequency?: HumanDuration | string;
      };
    };
  };
}
