import { describe, expect, test } from '@jest/globals';
import { checkMessageBlocks } from '../../fakes/slack/block-kit.ts';
import { locales } from '../../src/config.ts';
import {
  cancelLineActionId,
  confirmLineActionId,
  lineQuestion,
  readQuestion,
} from '../../src/slack/line-question.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';

const { line } = messagesIn('en');
/** As long as these may be. */
const number = 'n'.repeat(30);
const submissionId = `confirmed command ${'7'.repeat(60)}`;

/** The buttons below a question. */
function buttonsOf(text: string, words = line) {
  const { blocks } = lineQuestion(words, 'Sure?', { setting: 'last-seen', number, text, submissionId });
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.filter((element) => element.type === 'button') : [],
  );
}

/** As long as a line with which a question can be asked surely may be. */
const longLine = 1_500;

describe('a question', () => {
  test('can be answered with yes and no', () => {
    expect(buttonsOf('nobody')).toMatchObject([
      { action_id: confirmLineActionId, text: { text: 'Change it' }, style: 'primary' },
      { action_id: cancelLineActionId, text: { text: 'Cancel' } },
    ]);
  });

  test.each(['nobody', 'except +5511987654321 on sales', '"\\\n\u2028🙂<>&', ''])(
    'keeps what was typed: %j',
    (text) => {
      expect(readQuestion(buttonsOf(text)[0]?.value)).toEqual({
        setting: 'last-seen',
        number,
        text,
        submissionId,
      });
    },
  );

  test.each(locales)('is a message that Slack takes, however long, in %s', (locale) => {
    const { line: words } = messagesIn(locale);
    for (const question of ['Sure?', 'x'.repeat(10_000)]) {
      const text = 'x'.repeat(longLine);
      const { blocks } = lineQuestion(words, question, { setting: 'last-seen', number, text, submissionId });
      expect(checkMessageBlocks(blocks)).toEqual([]);
    }
  });

  test.each(['x', 'é', '\u2028', '🙂'])(
    'of the longest line is short enough for a button, also of %j',
    (character) => {
      const text = character.repeat(longLine / character.length);
      const value = buttonsOf(text)[0]?.value ?? '';
      expect(readQuestion(value).text).toBe(text);
      expect([character, value.length <= 2_000]).toEqual([character, true]);
    },
  );
});

test.each([
  undefined,
  '',
  'nobody',
  'null',
  '[]',
  '{}',
  '{"setting":"last-seen"}',
  '{"setting":"last-seen","number":"main","text":7,"submissionId":"x"}',
  '{"setting":"last-seen","text":"nobody","submissionId":"x"}',
  '{"setting":"last-seen","number":"main","text":"nobody"}',
  '{"setting":"profile-photo","text":"nobody"}',
  '{"setting":"constructor","text":"nobody"}',
])('a button that is none of ours asks for nothing: %s', (value) => {
  expect(readQuestion(value)).toEqual({ setting: 'last-seen', number: '', text: '', submissionId: '' });
});
