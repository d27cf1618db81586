import type { webApi } from '@slack/bolt';
import type { ChangeApplier } from '../privacy/apply-change.ts';
import type { OwnNumberMemory } from '../privacy/own-number.ts';
import type { Country } from '../privacy/phone.ts';
import type { Gateway, Log } from '../privacy/ports.ts';
import type { FormUpdates } from './form-updates.ts';

/** What the listeners work with. */
export type Flow = {
  client: webApi.WebClient;
  applier: ChangeApplier;
  gateway: Gateway;
  ownNumber: OwnNumberMemory;
  forms: FormUpdates;
  auditChannel: string | undefined;
  defaultCountry: Country | undefined;
  log: Log;
  /** True from the moment the bot is asked to stop: nothing new is begun. */
  isStopping(): boolean;
};
