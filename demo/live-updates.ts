import type { ServerResponse } from 'node:http';
import { stateFor } from './state.ts';
import type { World } from './world.ts';

const KEEP_ALIVE_MS = 15_000;

export interface LiveUpdates {
  /** Streams this person's state into the response: now, and after each change until either side closes. */
  subscribe(personId: string, response: ServerResponse): void;
  /** For changes that the fakes don't announce, such as a phone that was disconnected. */
  announce(): void;
  close(): void;
}

/** Server-Sent Events of whole states. Changes of one tick become one event. */
export function createLiveUpdates(world: World): LiveUpdates {
  const subscribers = new Map<ServerResponse, { personId: string; lastSent: string }>();
  let scheduled = false;

  const send = (response: ServerResponse, subscriber: { personId: string; lastSent: string }) => {
    const state = JSON.stringify(stateFor(world, subscriber.personId));
    if (state === subscriber.lastSent) return;
    subscriber.lastSent = state;
    response.write(`data: ${state}\n\n`);
  };
  const announce = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      for (const [response, subscriber] of subscribers) send(response, subscriber);
    });
  };
  const stopListening = [world.slack.onChange(announce), world.zapi.onChange(announce)];
  const keepAlive = setInterval(() => {
    for (const response of subscribers.keys()) response.write(': still here\n\n');
  }, KEEP_ALIVE_MS);
  keepAlive.unref();

  return {
    subscribe(personId, response) {
      const subscriber = { personId, lastSent: '' };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      subscribers.set(response, subscriber);
      response.on('close', () => subscribers.delete(response));
      send(response, subscriber);
    },
    announce,
    close() {
      clearInterval(keepAlive);
      for (const stop of stopListening) stop();
      for (const response of subscribers.keys()) response.end();
      subscribers.clear();
    },
  };
}
