import type { FakeSlack } from '../fakes/slack/types.ts';
import type { FakeZapi } from '../fakes/zapi/types.ts';
import type { FaultSwitch } from './faults.ts';

export type SlashCommand = { command: string; description: string; usageHint: string };

/** All that the page shows and moves: the two fakes, and what they do not know of themselves. */
export type World = {
  slack: FakeSlack;
  zapi: FakeZapi;
  instanceId: string;
  workspaceName: string;
  botName: string;
  commands: readonly SlashCommand[];
  faultSwitches: readonly FaultSwitch[];
};
