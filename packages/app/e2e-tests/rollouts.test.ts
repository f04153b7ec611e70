import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BrowserWindow } from './BrowserWindow';
import { eventually } from './eventually';
import { Portal } from './Portal';

const RINGS = `---
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - { name: beta, clusters: { matchLabels: { ring: beta } }, atOnce: '100%' }
    - { name: prod, clusters: { all: true }, approval: true }
`;

interface Status {
  items: { cluster: string; revision: string; version?: string }[];
}

/** Changes the file of the applications: what stands there is what is registered. */
function edit(portal: Portal, change: (text: string) => string): void {
  const file = 'fleet/applications.yaml';
  const text = portal.read(file);
  assert.notEqual(change(text), text);
  portal.write(file, change(text));
}

describe('a rollout on the labs fleet', () => {
  let portal: Portal;
  let window: BrowserWindow;

  /** All clusters say that what they are told to run of imdb is healthy. */
  async function report(): Promise<string[]> {
    const { items } = await portal.api<Status>(
      'res-edge/v1/applications/imdb/status?limit=100',
    );
    await portal.api('res-edge/v1/status', {
      reports: items.map(({ cluster, revision }) => ({
        ...{ cluster, application: 'imdb', revision, condition: 'healthy' },
      })),
    });
    return items.flatMap(({ version }) => version ?? []);
  }

  before(async () => {
    portal = await Portal.startWithLabs();
    edit(portal, text =>
      text
        .replace(
          /(name: imdb\n[^]*?)( +)(version: )/,
          '$1$2rollout: store-rings\n$2$3',
        )
        .concat(RINGS),
    );
    await eventually('the rings are known', async () => {
      const { items } = await portal.api<{
        items: { name: string; rings?: { version?: string }[] }[];
      }>('res-edge/v1/applications');
      return items
        .find(({ name }) => name === 'imdb')
        ?.rings?.every(({ version }) => version === '1.0.1');
    });
    await report();
    edit(portal, text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );
    await eventually('the first ring has the release', async () =>
      (await report()).includes('1.0.99'),
    );
    window = await BrowserWindow.open(portal.url);
  });

  after(async () => {
    await window?.close();
    await portal?.stop();
  });

  it('shows how far it is, and is paused and resumed with a reason', async () => {
    const { page } = window;
    await page.goto('/res-edge/rollouts');
    await page.getByRole('link', { name: 'imdb 1.0.99' }).click();
    await page.getByRole('listitem', { name: 'Ring beta' }).waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Tills are slow');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Paused' })
      .filter({ hasText: 'Tills are slow' })
      .waitFor();
    await window.screenshot('rollout');
    await page.setViewportSize({ width: 420, height: 900 });
    // Another width is another layout of the whole page.
    await page.getByRole('listitem', { name: 'Ring beta' }).waitFor();
    await window.screenshot('rollout-narrow-dark', { dark: true });
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });

    await page.getByRole('button', { name: 'Resume' }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('goes on as clusters report, and asks a person for the next ring', async () => {
    const { page } = window;
    await page
      .getByRole('listitem', { name: 'Ring beta' })
      .getByText('done', { exact: true })
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Simulate' }).click();
    await page
      .getByRole('img', { name: /Clusters that run 1.0.99 over/ })
      .waitFor();

    // The cluster's page says why it does not have it yet.
    await page.goto(
      '/catalog/default/edgecluster/central-la-nola-2302/placements',
    );
    await page
      .getByRole('region', { name: 'Not here yet' })
      .getByText(/ring prod has not begun: a person has to say/)
      .waitFor();
    assert.deepEqual(window.problems, []);
  });
});
