import { randomBytes } from 'node:crypto';

/** Slack: a trigger_id lives 3 seconds and opens one view. [doc] */
export const TRIGGER_LIFE_MS = 3000;

export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export type Triggers = {
  /** A new trigger_id for something this person did. */
  issue(userId: string): string;
  /** Whose trigger it is. Uses it up. */
  exchange(triggerId: string): { userId: string } | { error: TriggerError };
};

export function createTriggers({ teamId, now }: { teamId: string; now: () => number }): Triggers {
  const issued = new Map<string, { userId: string; atMs: number; exchanged: boolean }>();
  let count = 0;

  return {
    issue: (userId) => {
      count += 1;
      // Slack: "132456.7890123.abcdef": three parts. [doc]
      const id = `${count}${Math.floor(now())}.${teamId}.${randomBytes(16).toString('hex')}`;
      issued.set(id, { userId, atMs: now(), exchanged: false });
      return id;
    },
    exchange: (triggerId) => {
      const trigger = issued.get(triggerId);
      if (!trigger) return { error: 'invalid_trigger_id' };
      // Slack documents both errors, not which wins on a trigger that is old and used. [inferred]
      if (trigger.exchanged) return { error: 'exchanged_trigger_id' };
      if (now() - trigger.atMs > TRIGGER_LIFE_MS) return { error: 'expired_trigger_id' };
      trigger.exchanged = true;
      return { userId: trigger.userId };
    },
  };
}
