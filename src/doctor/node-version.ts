import { type Finding, ok, toDo } from './finding.ts';

const needed = 24;

export async function checkNode(version = process.versions.node): Promise<Finding[]> {
  const [major] = version.split('.');
  return Number(major) >= needed
    ? [ok('node', `This is Node ${version}.`)]
    : [
        toDo(
          'node',
          `This is Node ${version}; the bot needs Node ${needed}.`,
          'Use npm run, after npm ci, or install Node 24.',
        ),
      ];
}
