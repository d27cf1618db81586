import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { broughtBy, direct, installedPackages } from './installed.ts';

const list = readFileSync(join(import.meta.dirname, '../../docs/decisions/2026-11-dependencies.md'), 'utf8');
const production = installedPackages().filter(({ isForDevelopment }) => !isForDevelopment);

/** Licences under which a package may be used and handed on with little more than naming it. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'];

test('each dependency has its line with a reason, and each line its dependency', () => {
  const named = [...list.matchAll(/^- `([^`]+)`: \S/gm)].map(([, name]) => name);
  expect(named).toEqual([...direct.production.toSorted(), ...direct.development.toSorted()]);
});

test('each package that runs with the bot has a licence that is allowed', () => {
  expect(production.length).toBeGreaterThan(50);
  const others = production.filter(({ licence }) => !allowed.includes(licence));
  expect(others.map(({ path, licence }) => `${path}: ${licence}`)).toEqual([]);
});

test('the packages that run with the bot are those that its dependencies bring', () => {
  const brought = new Set(direct.production.flatMap(broughtBy).map(({ path }) => path));
  expect([...brought].filter((path) => production.every((one) => one.path !== path))).toEqual([]);
});
