import type { FakeSlack } from '../fakes/slack/types.ts';
import type { FakeZapi } from '../fakes/zapi/types.ts';
import type { FaultSwitch } from './faults.ts';

export type SlashCommand = { command: string; description: string; usageHint: string };

export const locales = ['en', 'pt-BR'] as const;
export type Locale = (typeof locales)[number];

/** The app as its manifest in one language names it. */
export type AppWords = { botName: string; commands: readonly SlashCommand[] };

/** One WhatsApp number of the team, as the bot is told of it. */
export type DemoNumber = { name: string; label: string; instanceId: string; instanceToken: string };

/** What a visitor can change about the bot; it takes effect when the bot is started again. */
export type BotSettings = { locale: Locale; takesFewChanges: boolean };

/** All that the page shows and moves: the two fakes, and what they do not know of themselves. */
export type World = {
  slack: FakeSlack;
  zapi: FakeZapi;
  numbers: readonly DemoNumber[];
  workspaceName: string;
  words: Record<Locale, AppWords>;
  bot: BotSettings;
  faultSwitches: readonly FaultSwitch[];
};

/** The process that the bot runs in. */
export type BotControls = {
  /** As a power cut would. It is started again by itself. */
  kill(): void;
  /** In good order, with the settings as they are now. */
  restart(): void;
};
