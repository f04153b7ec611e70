import { renderBootstrap } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsArgoCd,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import { execFileSync } from 'node:child_process';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

// The models of Argo CD's API are modules of a kind that Jest does not load.
const VALIDATE = `
import * as models from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { readFileSync } from 'node:fs';
const problems = JSON.parse(readFileSync(0, 'utf8')).flatMap(object => {
  try {
    new models[object.kind](object).validate();
    return [];
  } catch (error) {
    return [object.kind + ' ' + object.metadata.name + ': ' + error.message];
  }
});
process.stdout.write(JSON.stringify(problems));
`;

function schemaProblems(objects: readonly BuiltObject[]): string[] {
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', VALIDATE],
    { cwd: __dirname, input: JSON.stringify(objects), encoding: 'utf8' },
  );
  return JSON.parse(output);
}

describe("what is written for Argo CD, by the schemas of Argo CD's API", () => {
  const isOfArgoCd = ({ apiVersion }: BuiltObject) =>
    apiVersion === 'argoproj.io/v1alpha1';

  it('is valid: bills, revisions and bootstraps', async () => {
    const builder = KustomizeBuilder.create();
    const fleet = new DeliveredFleet(builder, 'argocd');
    await fleet.deliver({ entities: entities(), files: FILES });
    const { bill } = await buildAsArgoCd(builder, fleet.treeOf('w1'), 'w1');
    const documents = renderBootstrap({
      cluster: 'w1',
      engine: 'argocd',
      url: 'https://git.example.com/fleet.git',
      branch: 'delivery/shard-001',
      maintenance: {
        timeZone: 'America/Chicago',
        openings: [{ start: 60, end: 120 }],
      },
    });
    const bootstrap = documents.flatMap(({ content }) => parseObjects(content));
    const objects = [...bill, ...bootstrap].filter(isOfArgoCd);
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Application', 'AppProject']),
    );
    expect(objects.length).toBeGreaterThan(8);
    expect(schemaProblems(objects)).toEqual([]);
  });

  it('would be found where it is not', () => {
    const wrong = parseObjects(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: wrong }
spec: { project: x, destination: {}, source: { repoURL: 1 } }
`);
    expect(schemaProblems(wrong)).toHaveLength(1);
  });
});
