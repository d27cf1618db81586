import type { webApi } from '@slack/bolt';
import type { ChangeApplier } from '../privacy/change-applier.ts';
import type { OwnNumberMemory } from '../privacy/own-number.ts';
import type { Country } from '../privacy/phone.ts';
import type { ChangeStore, Gateway, Log } from '../privacy/ports.ts';
import type { SettingMemory } from '../privacy/setting-memory.ts';
import type { FormUpdates } from './form-updates.ts';
import type { Messages } from './messages/messages-in.ts';

/** What the listeners work with. */
export type Flow = {
  client: webApi.WebClient;
  applier: ChangeApplier;
  /** The WhatsApp number that this bot changes. */
  instance: string;
  gateway: Gateway;
  /** For looking back; changes go through the applier. */
  journal: Pick<ChangeStore, 'find' | 'newest' | 'page'>;
  settings: SettingMemory;
  ownNumber: OwnNumberMemory;
  forms: FormUpdates;
  /** All that is said to people. */
  messages: Messages;
  auditChannel: string | undefined;
  defaultCountry: Country | undefined;
  log: Log;
  /** True from the moment the bot is asked to stop: nothing new is begun. */
  isStopping(): boolean;
};
