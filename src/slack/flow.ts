import type { ChangeApplier } from '../privacy/change-applier.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { Meter } from '../privacy/meter.ts';
import type { Country } from '../privacy/phone.ts';
import type { ChangeStore, Log } from '../privacy/ports.ts';
import type { SettingMemory } from '../privacy/setting-memory.ts';
import type { Admissions } from './admission.ts';
import type { FormUpdates } from './form-updates.ts';
import type { Messages } from './messages/messages-in.ts';
import type { WebApi } from './web-api.ts';

/** What the listeners work with. */
export type Flow = {
  client: WebApi;
  applier: ChangeApplier;
  /** The WhatsApp numbers that this bot changes, at least one. */
  numbers: readonly ManagedNumber[];
  admissions: Admissions;
  /** For looking back, and for noting refusals; changes go through the applier. */
  journal: Pick<ChangeStore, 'find' | 'newest' | 'page' | 'noteRefusal'>;
  settings: SettingMemory;
  forms: FormUpdates;
  /** All that is said to people. */
  messages: Messages;
  /** Whom to ask who may not: an id of Slack's, or words. */
  adminContact: string | undefined;
  mostChangesPerHour: number | undefined;
  defaultCountry: Country | undefined;
  log: Log;
  meter: Meter;
  /** True from the moment the bot is asked to stop: nothing new is begun. */
  isStopping(): boolean;
};
