import { blockMethods } from './api-blocks.ts';
import { messageMethods } from './api-messages.ts';
import { peopleMethods } from './api-people.ts';
import { viewMethods } from './api-views.ts';
import { workspaceMethods } from './api-workspace.ts';
import type { Identity } from './identity.ts';
import type { Json } from './json.ts';
import type { Payloads } from './payloads.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** What the methods work on. */
export type ApiContext = {
  identity: Identity;
  workspace: Workspace;
  views: Views;
  triggers: Triggers;
  payloads: Payloads;
  /** A new address for a socket. */
  newSocketUrl: () => string;
};

/** Does what a method does and returns Slack's reply. */
export type Run = (body: Json) => Json;

/** `token`: which one a method takes; `none`: it needs none, and looks at none. */
export type Method = { token: 'bot' | 'app' | 'none'; scope?: string; run: Run };

export const refuse = (error: string, more: Json = {}): Json => ({ ok: false, error, ...more });

/** Slack: each finding stands in response_metadata as `[ERROR] …`. [doc] */
export function refuseBlocks(error: 'invalid_arguments' | 'invalid_blocks', findings: string[]): Json {
  const messages = findings.map((finding) => `[ERROR] ${finding}`);
  // Slack: for messages the findings also stand in `errors`. [thread] java-slack-sdk#1017
  const errors = error === 'invalid_blocks' ? { errors: findings } : {};
  return refuse(error, { ...errors, response_metadata: { messages } });
}

/** Every method this Slack has, by name. */
export function createMethods(context: ApiContext): ReadonlyMap<string, Method> {
  return new Map(
    Object.entries({
      ...workspaceMethods(context),
      ...peopleMethods(context),
      ...viewMethods(context),
      ...messageMethods(context),
      ...blockMethods(),
    }),
  );
}
