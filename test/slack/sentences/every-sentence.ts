import type { Sentences } from '../../../src/slack/sentences/en/english.ts';

/** In place of any piece of a sentence. */
const piece = {
  by: '<@U0ANA>',
  setting: '§',
  number: '§',
  visibility: '§',
  whom: '§',
  channels: '§',
  toString: () => '§',
};

/** Every sentence with where it stands; what is filled in is the same everywhere. */
export function everySentence(sentences: Sentences): Map<string, string> {
  const found = new Map<string, string>();
  const look = (node: unknown, path: string): void => {
    if (typeof node === 'string') found.set(path, node);
    else if (typeof node === 'function') found.set(path, String(node(...Array(9).fill(piece))));
    else for (const [key, value] of Object.entries(node as object)) look(value, `${path}.${key}`);
  };
  for (const [occasion, node] of Object.entries(sentences)) look(node, occasion);
  return found;
}
