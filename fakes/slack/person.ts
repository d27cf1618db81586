import type { Client } from './client.ts';
import { createChannelClient } from './client-channels.ts';
import { createFormClient } from './client-form.ts';
import { createInputClient } from './client-inputs.ts';
import { createSearchClient } from './client-searches.ts';
import type { Person } from './types.ts';

/** A person at Slack's client. What the client would not let them do throws. */
export function createPerson(client: Client): Person {
  const channels = createChannelClient(client);
  const form = createFormClient(client);
  return {
    id: client.user.id,
    ...createInputClient(client),
    ...createSearchClient(client),
    modal: form.modal,
    submits: form.submits,
    closes: form.closes,
    types: channels.types,
    sees: channels.sees,
    presses: async (target, actionId) => {
      if (target === 'modal') await form.presses(actionId);
      else await channels.presses(target, actionId);
    },
  };
}
