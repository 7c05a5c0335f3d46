/** Somebody else's site, on an origin of its own: each page is what a test says it is, with the headers that it says. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ForeignPage {
  html: string;
  headers?: Record<string, string>;
}

export class ForeignSite {
  readonly #pages = new Map<string, ForeignPage>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const page = this.#pages.get(new URL(request.url ?? '/', this.url).pathname);
      response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers });
      response.end(page?.html ?? '');
    });
  }

  static async open(): Promise<ForeignSite> {
    const site = new ForeignSite();
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      site.#server.closeAllConnections();
      site.#server.close();
    });
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a page on the site and gives its address. */
  put(path: string, page: ForeignPage): string {
    this.#pages.set(path, page);
    return this.url + path;
  }
}
