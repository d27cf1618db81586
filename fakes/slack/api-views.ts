import { checkView, isTooLarge } from './block-kit.ts';
import { asString, isJson, type Json } from './json.ts';
import { viewOnWire } from './view-on-wire.ts';
import { type ApiContext, type Method, refuse, refuseBlocks } from './web-api.ts';

/** Why Slack refuses a view, if it does. */
function refusal(view: unknown): Json | undefined {
  if (view === undefined) return refuseArguments('missing required field: view');
  if (!isJson(view)) return refuseArguments('failed to parse view'); // [inferred] text
  if (isTooLarge(view)) return refuse('view_too_large');
  const findings = checkView(view);
  return findings.length > 0 ? refuseBlocks('invalid_arguments', findings) : undefined;
}

const refuseArguments = (text: string) => refuseBlocks('invalid_arguments', [text]);

export function viewMethods({ identity, workspace, views, triggers }: ApiContext): Record<string, Method> {
  const reply = (view: Parameters<typeof viewOnWire>[0]): Json => ({
    ok: true,
    view: viewOnWire(view, identity, workspace.teamId),
  });

  return {
    'views.open': {
      token: 'bot',
      run: ({ view: content, trigger_id: triggerId }) => {
        if (triggerId === undefined) return refuseArguments('missing required field: trigger_id');
        // A refused view leaves its trigger unused. [inferred]
        const refused = refusal(content);
        if (refused) return refused;
        const externalId = asString((content as Json).external_id);
        if (externalId && views.find(({ content: other }) => other.external_id === externalId)) {
          return refuse('duplicate_external_id');
        }
        const trigger = triggers.exchange(asString(triggerId));
        return 'error' in trigger
          ? refuse(trigger.error)
          : reply(views.open(trigger.userId, content as Json));
      },
    },
    'views.update': {
      token: 'bot',
      run: ({ view: content, view_id: viewId, external_id: externalId, hash }) => {
        const refused = refusal(content);
        if (refused) return refused;
        const view = views.find((open) =>
          viewId === undefined ? open.content.external_id === externalId : open.id === viewId,
        );
        // Slack: a view that was closed is gone. [doc]
        if (!view) return refuse('not_found');
        // Slack: `hash` is there to refuse an update of a view that has changed meanwhile. [doc]
        if (hash !== undefined && hash !== view.hash) return refuse('hash_conflict');
        views.update(view, content as Json);
        return reply(view);
      },
    },
  };
}
