import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BrowserWindow } from './BrowserWindow';
import { eventually } from './eventually';
import { Fleet, Portal } from './Portal';

const ROOT = path.resolve(__dirname, '../../..');

/** An application that a team asks for while the portal runs: it goes wherever its namespace goes, to the ring beta. */
const COFFEE_TEA = `
apiVersion: res-edge.io/v1alpha1
kind: EdgeApplication
metadata:
  name: coffee-tea
  title: Coffee or tea
spec:
  owner: group:default/marketing-team
  namespace: dogs-cats
  source: { path: ./apps/go-vote }
  version: 0.9.2
  requests: { cpu: 50m, memory: 32Mi }
  values: { choice1: Coffee, choice2: Tea, nodePort: '30083' }
`;

interface Placements {
  applications: { application: string; delivered?: string }[];
}

/** A cluster of the ring beta. */
const BETA = 'central-la-nola-2301';

describe('the main job on the labs fleet', () => {
  let portal: Portal;
  let window: BrowserWindow;

  before(async () => {
    portal = await Portal.startWithLabs();
    window = await BrowserWindow.open(portal.url);
  });

  after(async () => {
    await window?.close();
    await portal?.stop();
  });

  it('shows the fleet', async () => {
    const { page } = window;
    await page.goto('/');
    await page.getByRole('link', { name: 'Clusters: 18' }).waitFor();
    await page.getByText('18 of 18').waitFor();
    await window.screenshot('fleet');
    await window.screenshot('fleet-narrow-dark', { width: 800, dark: true });
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('turns YAML that is registered into a change request', async () => {
    fs.cpSync(
      path.join(ROOT, 'examples/labs/apps/go-vote'),
      path.join(portal.folder, 'requests/apps/go-vote'),
      { recursive: true },
    );
    portal.write('requests/coffee-tea.yaml', COFFEE_TEA);
    await eventually('a change request is open', async () => {
      const fleet = await portal.api<Fleet>('res-edge/v1/fleet');
      return fleet.openChangeRequests === 1;
    });
  });

  it('shows the difference, and merges it', async () => {
    const { page } = window;
    await page.goto('/res-edge/change-requests');
    await page
      .getByRole('link', { name: /coffee-tea/ })
      .first()
      .click();
    await page
      .getByRole('region', { name: /apps\/coffee-tea\/application\.yaml/ })
      .waitFor();
    await window.screenshot('change-request');
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('button', { name: 'Merge now' }).click();
    await page
      .getByText(/^Merged/)
      .first()
      .waitFor();
    assert.match(
      portal.git('ls-tree', '-r', '--name-only', 'main'),
      /^apps\/coffee-tea\/application\.yaml$/m,
    );
  });

  it('delivers what was merged', async () => {
    await eventually('coffee-tea is delivered', async () => {
      const placements = await portal.api<Placements>(
        `res-edge/v1/clusters/${BETA}/placements`,
      );
      return placements.applications.some(
        ({ application, delivered }) =>
          application === 'coffee-tea' && delivered === '0.9.2',
      );
    });
    const branches = portal
      .git('for-each-ref', '--format=%(refname:short)', 'refs/heads/delivery')
      .trim()
      .split('\n');
    const bills = branches
      .flatMap(branch =>
        portal
          .git('grep', '-l', 'apps/coffee-tea/', branch, '--', 'clusters')
          .trim()
          .split('\n'),
      )
      .map(line => line.split('/').at(-2))
      .sort();
    assert.ok(bills.includes(BETA), bills.join());
    assert.ok(!bills.includes('central-la-nola-2302'), bills.join());
  });

  it('explains a placement on the page of its cluster', async () => {
    const { page } = window;
    await page.goto(`/catalog/default/edgecluster/${BETA}/placements`);
    await page.getByRole('button', { name: 'Explain coffee-tea' }).click();
    await page.getByText('Is it a target?').waitFor();
    await page.getByText('passed').first().waitFor();
    await window.screenshot('explanation');
  });

  it('says what a policy forbids, and where', async () => {
    const { page } = window;
    await page.goto('/res-edge/policies');
    const prohibitions = page.getByRole('region', { name: 'Prohibitions' });
    await prohibitions
      .getByText('Forbids tabs-spaces on clusters with state ga')
      .waitFor();
    await prohibitions.getByText(/^Forbids on \d+ clusters?; \d+/).waitFor();
    await window.screenshot('policies');
  });

  it('previews a selector, and shows where one is wrong (demand 18)', async () => {
    const { page } = window;
    await page.goto('/res-edge/selectors');
    const field = page.getByRole('textbox', { name: 'Selector' });
    await field.fill('/g/beta');
    await page.getByText('of 18 clusters match').waitFor();
    await page.getByRole('link', { name: BETA }).waitFor();
    await window.screenshot('selector');
    await field.fill('cluster.labels.ring ==');
    await page.getByRole('alert').waitFor();
    await window.screenshot('selector-error');
  });

  it('had no error on any page', () => {
    assert.deepEqual(window.problems, []);
  });

  it('keeps everything over a restart', async () => {
    await window.page.goto('about:blank');
    await portal.restart();
    const fleet = await eventually('the fleet is read again', () =>
      portal.api<Fleet>('res-edge/v1/fleet'),
    );
    assert.equal(fleet.clusters.total, 18);
    assert.equal(fleet.openChangeRequests, 0);
  });
});
