import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { asJson, type Json, parseJson } from './json.ts';

/** Fields that @slack/web-api sends as JSON text inside a form. [checked] */
const JSON_FIELDS = new Set(['view', 'blocks', 'message', 'metadata', 'attachments']);

/** A field that ought to be JSON text but is not is left as text: the method refuses it. */
function fromForm(form: string): Json {
  const entries = [...new URLSearchParams(form)].map(([key, value]) => {
    if (JSON_FIELDS.has(key)) return [key, parseJson(value) ?? value];
    if (value === 'true' || value === 'false') return [key, value === 'true'];
    return [key, value];
  });
  return Object.fromEntries(entries);
}

/** Slack: a method takes a form, or JSON; inside JSON too a view may be JSON text. [doc] */
export async function readBody(request: IncomingMessage): Promise<Json> {
  const raw = await text(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) return fromForm(raw);
  const body = asJson(parseJson(raw));
  const entries = Object.entries(body).map(([key, value]) =>
    JSON_FIELDS.has(key) && typeof value === 'string' ? [key, parseJson(value) ?? value] : [key, value],
  );
  return Object.fromEntries(entries);
}
