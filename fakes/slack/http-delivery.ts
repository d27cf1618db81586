import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { ACK_WITHIN_MS, type Answer, type Envelope } from './delivery.ts';
import { isJson, parseJson } from './json.ts';

export type HttpDelivery = {
  deliver(requestUrl: string, envelope: Envelope): Promise<Answer>;
  close(): void;
};

/** Slack: a command's payload is form fields, an interactive one is JSON in the field `payload`. [doc] */
function formOf({ type, payload }: Envelope): string {
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(payload as Record<string, string>).toString();
}

/** Slack: v0=HMAC-SHA256 over `v0:timestamp:body`. [doc] The real clock: the app checks it against its own. */
function headersFor(body: string, signingSecret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded', // Slack: exactly that, no charset. [checked] with Bolt
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}

function answerOf(status: number, body: string): Answer {
  if (status >= 500) return { kind: 'failed', error: 'http_service_error' };
  if (status !== 200) return { kind: 'failed', error: 'http_client_error' };
  if (body === '') return { kind: 'answered', payload: undefined };
  const parsed = parseJson(body);
  // Slack: a plain text body is a message. [doc]
  return { kind: 'answered', payload: isJson(parsed) ? parsed : { text: body } };
}

/** Posts signed requests to the app. */
export function createHttpDelivery({ signingSecret }: { signingSecret: string }): HttpDelivery {
  const underWay = new Set<ClientRequest>();

  const post = (requestUrl: string, body: string): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const fail = (error: 'operation_timeout' | 'dispatch_failed') => resolve({ kind: 'failed', error });
    const headers = headersFor(body, signingSecret);
    // No agent: each delivery has a connection of its own, so none keeps the app from stopping.
    const outgoing = request(requestUrl, { method: 'POST', headers, agent: false }, (response) => {
      text(response).then(
        (reply) => resolve(answerOf(response.statusCode ?? 0, reply)),
        () => fail('dispatch_failed'),
      );
    });
    const timer = setTimeout(() => {
      fail('operation_timeout');
      outgoing.destroy();
    }, ACK_WITHIN_MS);
    outgoing.on('error', () => fail('dispatch_failed'));
    outgoing.on('close', () => {
      clearTimeout(timer);
      underWay.delete(outgoing);
    });
    underWay.add(outgoing);
    outgoing.end(body);
    return promise;
  };

  return {
    deliver: async (requestUrl, envelope) => post(requestUrl, formOf(envelope)),
    close: () => {
      for (const outgoing of underWay) outgoing.destroy();
    },
  };
}
