import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { loadLazily } from './lazy-modules.ts';
import { undiciInPart } from './undici-in-part.ts';

const project = join(import.meta.dirname, '..');

/**
 * Starts the bundle, and keeps what the engine made of it beside it, so that the next start need not compile it again.
 * Plain JavaScript, so that an older Node can still say what it lacks.
 */
const start = `
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error('lastseen-bot needs Node 24 or newer; this is Node ' + process.versions.node + '.');
  console.error("Start it with a newer one; after npm ci the project's folder has one: node_modules/.bin/node " + __filename);
  process.exit(1);
}
const { enableCompileCache, flushCompileCache } = require('node:module');
enableCompileCache(__dirname + '/compile-cache');
require('./bot.js');
setTimeout(flushCompileCache, 10000).unref();
`;

/** Makes the bot one file, without its dependencies around it: `node <folder>/start.js`. */
export async function bundleBot(folder: string): Promise<void> {
  await build({
    absWorkingDir: project,
    entryPoints: ['src/main.ts'],
    outfile: join(folder, 'bot.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    // Otherwise such an expression is compiled anew each time that it is used.
    supported: { 'regexp-unicode-property-escapes': true },
    // As an ES module, importing node:http makes Node load its own undici, which takes a sixth of the start.
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    // Optional native parts of pg and ws, which are not installed.
    external: ['pg-native', 'bufferutil', 'utf-8-validate'],
    plugins: [loadLazily, undiciInPart],
    logLevel: 'warning',
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'start.js'), start.trimStart());
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
}
