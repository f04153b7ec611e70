import fs from 'node:fs';
import path from 'node:path';
import { Browser, BrowserContext, chromium, Page } from 'playwright-core';

const root = path.resolve(__dirname, '../../..');

export interface BrowserWindowOptions {
  /** In pixels; 1400 where left out. */
  width?: number;
  dark?: boolean;
}

/** A window of a real Chromium, that collects what a person would see as broken. */
export class BrowserWindow {
  /** Errors of the page and failed requests, for a test to assert that there are none. */
  readonly problems: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => this.problems.push(String(error)));
    page.on('response', response => {
      if (response.status() >= 500) {
        this.problems.push(`${response.status()} ${response.url()}`);
      }
    });
  }

  static async open(
    url: string,
    options: BrowserWindowOptions = {},
  ): Promise<BrowserWindow> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        // Chromium's sandbox does not work as root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: options.width ?? 1400, height: 900 },
      colorScheme: options.dark ? 'dark' : 'light',
    });
    const window = new BrowserWindow(browser, context, await context.newPage());
    return window;
  }

  /** Saves what the page looks like as test-results/<name>.png, whole page. */
  async screenshot(
    name: string,
    options: BrowserWindowOptions = {},
  ): Promise<string> {
    const folder = path.join(root, 'test-results');
    fs.mkdirSync(folder, { recursive: true });
    if (options.width) {
      await this.page.setViewportSize({ width: options.width, height: 900 });
    }
    if (options.dark !== undefined) {
      await this.page.emulateMedia({
        colorScheme: options.dark ? 'dark' : 'light',
      });
    }
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file, fullPage: true });
    return file;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
  }
}
