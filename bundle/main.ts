import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleBot } from './bundle-bot.ts';

const folder = join(import.meta.dirname, '../dist');

await rm(folder, { recursive: true, force: true });
await bundleBot(folder);
console.log('The bot is in dist/. Start it with Node 24: node_modules/.bin/node dist/start.js');
