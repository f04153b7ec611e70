// The plugin alone, over a made-up fleet: `yarn start` in this folder. `?size=2000` in the address gives more clusters.
import { createDevApp } from '@backstage/frontend-dev-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { resEdgePlugin } from '../src/alpha/resEdgePlugin';
import { resEdgeApiRef } from '../src/api';
import { createSampleApi } from '../src/__testUtils__/SampleApi';

const size = Number(
  new URLSearchParams(window.location.search).get('size') ?? 18,
);

createDevApp({
  features: [
    catalogPlugin,
    resEdgePlugin.withOverrides({
      extensions: [
        resEdgePlugin.getExtension('api:res-edge').override({
          params: defineParams =>
            defineParams({
              api: resEdgeApiRef,
              deps: {},
              factory: () => createSampleApi(size),
            }),
        }),
      ],
    }),
  ],
});
