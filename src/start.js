// Plain JavaScript, so that an older Node can still say what it lacks.
const needed = 24;
const [major] = process.versions.node.split('.');

if (Number(major) < needed) {
  console.error(`lastseen-bot needs Node ${needed} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

await import('./main.ts');
