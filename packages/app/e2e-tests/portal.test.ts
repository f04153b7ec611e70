import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BrowserWindow } from './BrowserWindow';
import { Portal } from './Portal';

describe('a portal without a cluster', () => {
  let portal: Portal;
  let window: BrowserWindow;

  before(async () => {
    portal = await Portal.start();
    window = await BrowserWindow.open(portal.url);
  });

  after(async () => {
    await window?.close();
    await portal?.stop();
  });

  it('signs the guest in and opens on the fleet', async () => {
    await window.page.goto('/');
    await window.page.waitForURL('**/res-edge/**');
    await window.page.getByRole('heading', { name: 'Fleet' }).first().waitFor();
    await window.screenshot('empty-fleet');
    assert.deepEqual(window.problems, []);
  });

  it('shows the catalog', async () => {
    await window.page.goto('/catalog');
    await window.page.getByText('res-edge').first().waitFor();
    assert.deepEqual(window.problems, []);
  });
});
