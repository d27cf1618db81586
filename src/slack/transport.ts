import type { Receiver } from '@slack/bolt';
import type { SlackRefused } from './slack-refused.ts';

/** What differs between the two modes. `listen` comes before Slack is asked anything, `connect` after. */
export type Transport = {
  receiver: Receiver;
  listen(): Promise<void>;
  /** @throws SlackRefused */
  connect(): Promise<void>;
  refused: Promise<SlackRefused>;
  stop(): Promise<void>;
  isReady(): boolean;
};
