import {
  EdgeGroupEntity,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { FileMap } from '../../model';
import { readGroup, renderGroupWithContentOf } from './groupContent';
import { renderGroupSlice } from './groupSlice';
import { readDecisions } from './readDecisions';
import { Slices } from './Slices';

const COMPONENT = './receipts';

function group(values: Values, rollout?: string): EdgeGroupEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeGroup',
    metadata: { name: 'stores' },
    spec: {
      owner: 'retail',
      values,
      rollout,
      components: [{ path: COMPONENT }],
    },
  };
}

/** The files of a component, which differ by one text. */
function component(text: string): FileMap {
  return new Map([
    [
      'kustomization.yaml',
      `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: ConfigMap }
    patch: '[{ "op": "add", "path": "/data/text", "value": "${text}" }]'
`,
    ],
  ]);
}

const filesOf = (entity: EdgeGroupEntity, text: string) =>
  renderGroupSlice(entity, new Map([[COMPONENT, component(text)]]));
const digestOf = (files: FileMap) =>
  readDecisions(files).decisions.groups.get('stores')!.digest;
const contents = fc.record({
  receipt: fc.constantFrom('short', 'long'),
  text: fc.constantFrom('ink', 'laser'),
});

describe('content of a group that was taken back', () => {
  it('is what it was, from the files of main at that time, and all else is as it is now', () => {
    fc.assert(
      fc.property(contents, contents, (was, is) => {
        const former = filesOf(
          group({ receipt: was.receipt }, 'rings'),
          was.text,
        );
        const now = group({ receipt: is.receipt }, 'rings');
        now.metadata.title = 'Shops';
        const main = filesOf(now, is.text);
        const back = renderGroupWithContentOf(
          readGroup(main, 'stores'),
          new Map([...main, ...former]),
        );
        const expected = group({ receipt: was.receipt }, 'rings');
        expected.metadata.title = 'Shops';
        expect(back).toEqual(filesOf(expected, was.text));
      }),
    );
  });

  it('is kept as long as the same values and files are registered, and where the group names a rollout', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[contents, contents, contents],
        fc.option(fc.constant('rings'), { nil: undefined }),
        async (onMain, registered, refused, rollout) => {
          const main = filesOf(
            group({ receipt: onMain.receipt }, 'rings'),
            onMain.text,
          );
          const entity = group({ receipt: registered.receipt }, rollout);
          const slices = Slices.create({
            read: async () => component(registered.text),
            originOf: location => location,
            build: async () => '',
          });
          const { changes, keeps } = await slices.changesFor(
            entity,
            'file',
            main,
            digestOf(
              filesOf(group({ receipt: refused.receipt }), refused.text),
            ),
          );
          const after = new Map(main);
          for (const { path, content } of changes) after.set(path, content!);
          const isKept =
            rollout !== undefined &&
            registered.receipt === refused.receipt &&
            registered.text === refused.text;
          expect(keeps ?? false).toBe(isKept);
          const wanted = isKept ? onMain : registered;
          expect(digestOf(after)).toBe(
            digestOf(filesOf(group({ receipt: wanted.receipt }), wanted.text)),
          );
        },
      ),
    );
  });
});
