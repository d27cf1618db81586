import { broughtBy, direct, installedPackages, type Package, sizeOf } from './installed.ts';

// The process behind `npm run deps`: what is installed here, and what each dependency of the running bot brings with it.

const row = (cells: string[]) =>
  cells
    .map((cell, column) => (column < 3 ? cell.padEnd([24, 10, 14][column] ?? 0) : cell.padStart(12)))
    .join('');

function megabytesOf(packages: readonly Package[]): string {
  return `${(packages.reduce((sum, one) => sum + sizeOf(one), 0) / 1e6).toFixed(1)} MB`;
}

console.log(row(['dependency', 'version', 'licence', 'alone', 'with all', 'packages']));
for (const name of direct.production) {
  const brought = broughtBy(name);
  const [itself] = brought;
  if (!itself) continue;
  const { version, licence } = itself;
  console.log(
    row([name, version, licence, megabytesOf([itself]), megabytesOf(brought), String(brought.length)]),
  );
}
const installed = installedPackages();
const production = installed.filter(({ isForDevelopment }) => !isForDevelopment);
console.log(`
To run the bot:  ${production.length} packages, ${megabytesOf(production)} (npm ci --omit=dev)
With the rest:   ${installed.length} packages, ${megabytesOf(installed)} (npm ci)`);
