import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import module from './index';

describe('scaffolderModuleResEdge', () => {
  it('adds its actions, each with words for those who write templates', async () => {
    const actions: TemplateAction<any, any, any>[] = [];
    const backend = await startTestBackend({
      features: [module, mockServices.auth.factory()],
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          { addActions: (...added) => actions.push(...added) },
        ],
      ],
    });
    expect(actions.map(action => action.id)).toEqual([
      'res-edge:application:onboard',
      'res-edge:application:release',
      'res-edge:application:retire',
      'res-edge:application:write',
      'res-edge:change-request:wait',
      'res-edge:cluster:register',
      'res-edge:namespace:create',
      'res-edge:overlays:publish',
      'res-edge:plan:preview',
      'res-edge:records:import',
      'res-edge:rollout:start',
      'res-edge:selector:preview',
      'res-edge:target:change',
    ]);
    for (const action of actions) {
      expect(action.supportsDryRun).toBe(true);
      expect(action.description).toMatch(/\w+\.$/);
      expect(action.examples!.length).toBeGreaterThan(0);
      for (const side of [action.schema!.input!, action.schema!.output!]) {
        for (const field of Object.values<any>(side.properties ?? {})) {
          expect(field.description).toMatch(/\w+/);
        }
      }
    }
    await backend.stop();
  });
});
