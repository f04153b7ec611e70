import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import knexFactory from 'knex';
import { resEdgePlugin } from '../plugin';
import { ReplicaOptions } from './TestReplica';

/** The plugin in a process of its own, over a database and a repository that it shares with others. */
async function start({ connection, config }: ReplicaOptions) {
  const { server } = await startTestBackend({
    features: [
      resEdgePlugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: config }),
      mockServices.rootLogger.factory({ level: 'info' }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () =>
          mockServices.database({
            knex: knexFactory({
              client: 'pg',
              connection,
              pool: { min: 0, max: 10 },
            }),
            migrations: { skip: false },
          }),
      }),
    ],
  });
  process.send!(`http://127.0.0.1:${server.port()}`);
  process.once('disconnect', () => process.exit());
}

start(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error?.stack}\n`);
  process.exit(1);
});
