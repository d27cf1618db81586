import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type LockEntry = {
  version: string;
  dev?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};
type Manifest = {
  license?: string | { type: string };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

export type Package = {
  path: string;
  name: string;
  version: string;
  licence: string;
  isForDevelopment: boolean;
};

const root = join(import.meta.dirname, '../..');
const read = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

const manifest = read<Manifest>('package.json');
const { packages: locked } = read<{ packages: Record<string, LockEntry> }>('package-lock.json');

/** What package.json names itself. */
export const direct = {
  production: Object.keys(manifest.dependencies ?? {}),
  development: Object.keys(manifest.devDependencies ?? {}),
};

/** Every package that is installed here: the lock names those of other platforms as well. */
export function installedPackages(): Package[] {
  return Object.keys(locked)
    .filter((path) => path !== '' && existsSync(join(root, path, 'package.json')))
    .map(packageAt);
}

/** A package and all that it needs, as they are found from where it lies. */
export function broughtBy(name: string): Package[] {
  const found = new Set<string>();
  const waiting = [resolve(name, '')];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const { dependencies, optionalDependencies } = locked[path] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = resolve(needed, path);
      if (at !== undefined) waiting.push(at);
    }
  }
  return [...found].map(packageAt);
}

/** Bytes of the files of a package, without the packages inside it. */
export function sizeOf({ path }: Package): number {
  return sizeOfFolder(join(root, path));
}

function packageAt(path: string): Package {
  const { version = '', dev = false } = locked[path] ?? {};
  const { license } = read<Manifest>(`${path}/package.json`);
  const licence = typeof license === 'object' ? license.type : (license ?? 'none named');
  return { path, name: path.split('node_modules/').at(-1) ?? path, version, licence, isForDevelopment: dev };
}

/** As Node does: in the folder itself, then in each one above it. */
function resolve(name: string, from: string): string | undefined {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (existsSync(join(root, path, 'package.json'))) return path;
  return from === ''
    ? undefined
    : resolve(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}

function sizeOfFolder(path: string): number {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries
    .map((entry) =>
      entry.isDirectory() ? sizeOfFolder(join(path, entry.name)) : lstatSync(join(path, entry.name)).size,
    )
    .reduce((sum, bytes) => sum + bytes, 0);
}
