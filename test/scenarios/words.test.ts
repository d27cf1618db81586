import { describe, expect, test } from '@jest/globals';
import { modes, publicChannel, startWorld, whispered } from '../world.ts';

/** The help, in a few of its words. */
const help = [
  "*/lastseen* changes who can see the *last seen* of your team's WhatsApp number.",
  '`/lastseen` opens the form',
  '`/lastseen help` shows this.',
];

describe.each(modes)('words after the command, in %s mode', (mode) => {
  test.each(['help', ' HELP '])('“%s” helps, to the person alone', async (words) => {
    await using world = await startWorld({ mode });
    await world.ana.types(publicChannel, `/lastseen ${words}`);
    const [said = '', ...more] = whispered(world, world.ana);
    expect(more).toEqual([]);
    for (const part of help) expect(said).toContain(part);
    expect(world.bruno.sees(publicChannel)).toEqual([]);
    expect(world.ana.modal()).toBeUndefined();
  });

  test.each([
    ['nobdy', '“nobdy”'],
    // What every object of JavaScript has.
    ['constructor', '“constructor”'],
    ['<!channel> & *co*', '“&lt;!channel&gt; &amp; *co*”'],
    ['x'.repeat(500), `“${'x'.repeat(39)}…”`],
  ])('“%s” gets the help and what was not understood', async (words, quoted) => {
    await using world = await startWorld({ mode });
    await world.ana.types(publicChannel, `/lastseen ${words}`);
    const [said = '', ...more] = whispered(world, world.ana);
    expect(more).toEqual([]);
    for (const part of [
      `I did not understand ${quoted}. Nothing was changed.
`,
      ...help,
    ]) {
      expect(said).toContain(part);
    }
    expect(world.bruno.sees(publicChannel)).toEqual([]);
    expect(world.changes()).toEqual([]);
  });
});
