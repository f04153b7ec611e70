import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BrowserWindow } from './BrowserWindow';
import { eventually } from './eventually';
import { Portal } from './Portal';

interface Placements {
  applications: { application: string; delivered?: string }[];
}

/** A cluster of the namespace dogs-cats, in the ring beta. */
const BETA = 'central-la-nola-2301';

const TEMPLATES = [
  'onboard-application',
  'create-namespace',
  'register-cluster',
  'register-clusters',
  'release-version',
  'change-target',
  'retire-application',
];

describe('an application, from a form to the stores', () => {
  let portal: Portal;
  let window: BrowserWindow;

  before(async () => {
    portal = await Portal.startWithLabs();
    window = await BrowserWindow.open(portal.url);
    // Forms load their fields and ask the backend at each step, which takes its time on a busy machine.
    window.page.setDefaultTimeout(60_000);
  });

  after(async () => {
    await window?.close();
    await portal?.stop();
  });

  it('has a template for each thing that people ask for', async () => {
    const { page } = window;
    await eventually('the templates are in the catalog', async () => {
      await page.goto('/create');
      for (const title of ['Onboard an application', 'Retire an application']) {
        await page.getByText(title).first().waitFor({ timeout: 5000 });
      }
      return true;
    });
    await window.screenshot('templates');
    for (const name of TEMPLATES) {
      await page.goto(`/create/templates/default/${name}`);
      await page.getByRole('button', { name: /Next|Review/ }).waitFor();
      await window.screenshot(`form-${name}`, { width: 1400 });
      await window.screenshot(`form-${name}-narrow`, { width: 500 });
      await page.setViewportSize({ width: 1400, height: 900 });
    }
  });

  it('asks for the application, and shows what the selector matches', async () => {
    const { page } = window;
    const next = async () => page.getByRole('button', { name: 'Next' }).click();
    await page.goto('/create/templates/default/onboard-application');
    await page.getByRole('textbox', { name: /^Name/ }).fill('tea-time');
    await page.getByRole('combobox', { name: /^Owner/ }).fill('Marketing');
    await page.getByRole('option', { name: 'Marketing' }).click();
    await next();

    await page
      .getByRole('textbox', { name: /^Container image/ })
      .fill('registry.example.com/tea:1.0.0');
    await window.screenshot('onboarding-manifests');
    await next();

    await page.getByRole('combobox', { name: /^Namespace/ }).fill('dogs');
    await page.getByRole('option', { name: /dogs-cats/ }).click();
    const requires = page.getByRole('textbox', { name: /^Only where/ });
    await requires.fill('cluster.labels.ring == ');
    await page.getByRole('alert').first().waitFor();
    await window.screenshot('onboarding-selector-error');
    await requires.fill('cluster.labels.ring == "beta"');
    await page.getByText('of 18 clusters match').waitFor();
    await window.screenshot('onboarding-where');
    await window.screenshot('onboarding-where-narrow', { width: 500 });
    await page.setViewportSize({ width: 1400, height: 900 });
    await next();
    await page.getByText(/^3 placements won/).waitFor();
    await window.screenshot('onboarding-preview');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('group:default/marketing-team').waitFor();
    await window.screenshot('onboarding-review');
    await page.getByRole('button', { name: 'Create' }).click();
  });

  it('ends in a change request, which is merged', async () => {
    const { page } = window;
    const link = page.getByRole('link', { name: /merge the change request/ });
    await link.waitFor({ timeout: 120_000 });
    await window.screenshot('onboarding-done');
    await link.click();
    await page
      .getByRole('region', { name: /apps\/tea-time\/application\.yaml/ })
      .waitFor();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('button', { name: 'Merge now' }).click();
    await page
      .getByText(/^Merged/)
      .first()
      .waitFor();
    assert.match(
      portal.git('show', 'main:apps/tea-time/versions/1.0.0/deployment.yaml'),
      /application\.image/,
    );
  });

  it('is found on the page of a cluster', async () => {
    await eventually('it is delivered', async () => {
      const { applications } = await portal.api<Placements>(
        `res-edge/v1/clusters/${BETA}/placements`,
      );
      return applications.some(
        ({ application, delivered }) =>
          application === 'tea-time' && delivered === '1.0.0',
      );
    });
    const { page } = window;
    await page.goto(`/catalog/default/edgecluster/${BETA}/placements`);
    await page.getByRole('button', { name: 'Explain tea-time' }).waitFor();
    await window.screenshot('onboarding-cluster');
    const branches = portal
      .git('for-each-ref', '--format=%(refname)', 'refs/heads/delivery')
      .trim()
      .split('\n');
    const manifests = branches
      .map(branch =>
        portal.git('grep', '-h', 'image:', branch, '--', 'apps/tea-time'),
      )
      .join('\n');
    assert.match(manifests, /registry\.example\.com\/tea:1\.0\.0/);
  });

  it('had no error on any page', () => {
    assert.deepEqual(window.problems, []);
  });
});
