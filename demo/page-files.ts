import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export type PageFile = { path: string; contentType: string };

const PAGE_FOLDER = new URL('./page/', import.meta.url);

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page's import map (index.html) points here: the libraries come from node_modules, never from the network. */
const LIBRARIES: Record<string, string> = {
  '/libraries/preact.js': 'preact',
  '/libraries/preact-hooks.js': 'preact/hooks',
  '/libraries/htm.js': 'htm',
  '/libraries/htm-preact.js': 'htm/preact',
};

/** Every file the server may hand out, by its route. A closed list: no path from outside ever reaches the disk. */
export async function listPageFiles(): Promise<Map<string, PageFile>> {
  const files = new Map<string, PageFile>();
  for (const name of await readdir(PAGE_FOLDER)) {
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (!contentType) continue;
    const path = fileURLToPath(new URL(name, PAGE_FOLDER));
    files.set(name === 'index.html' ? '/' : `/${name}`, { path, contentType });
  }
  for (const [route, library] of Object.entries(LIBRARIES)) {
    files.set(route, {
      path: fileURLToPath(import.meta.resolve(library)),
      contentType: 'text/javascript; charset=utf-8',
    });
  }
  return files;
}

/** The page's one inline script is its import map; its hash lets the policy forbid every other. */
export async function contentSecurityPolicy(page: PageFile): Promise<string> {
  const html = await readFile(page.path, 'utf8');
  const importMap = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
