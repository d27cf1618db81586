import type { ListFault } from './types.ts';

/** What goes back over the wire. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string;
};

/** What became of looking at a request, before anything is changed: refused, or ready to be carried out. */
export type Verdict = { refusal: Reply } | { perform: (fault?: ListFault) => Reply };

export function jsonReply(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Limit: the facts give a status and no body for these, so there is none. */
export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: '' };
}

// [doc] true if it worked, false if it failed: a 200 can be a failure.
export const succeeded = jsonReply(200, { success: true });
export const refused = jsonReply(200, { success: false });
// [field] The other shape of a refusal.
export const refusedAsValue = jsonReply(200, { value: false });

// [field] Client-Token missing. The documented text, `null not allowed`, is not what clients report.
export const clientTokenMissing = jsonReply(400, { error: 'your client-token is not configured' });

// [field] Client-Token wrong or revoked: the reply echoes the secret that was sent. Kept on purpose.
export const clientTokenWrong = (sent: string) =>
  jsonReply(403, { error: `Client-Token ${sent} not allowed` });

// [field, weak] Wrong instance id or token. Some code handles 404 and 401; 400 is the form reported.
export const instanceNotFound = jsonReply(400, { error: 'Instance not found' });

// [field] Unknown path, or wrong method outside the privacy paths: a failure dressed as 200.
export const notFound = jsonReply(200, {
  error: 'NOT_FOUND',
  message: 'Unable to find matching target resource method',
});

// [doc] Wrong method on a privacy path.
export const wrongMethod = emptyReply(405);
// [doc] Content-Type missing.
export const contentTypeMissing = emptyReply(415);

// [doc, elsewhere in the API] Bad phone.
export const invalidPhone = jsonReply(400, { error: 'Invalid phone' });

// [field] Subscription lapsed.
export const subscriptionLapsed = jsonReply(400, {
  error: 'To continue sending a message, you must subscribe to this instance again',
});

// [doc] `[IP] not allowed`, where [IP] is read as a placeholder. The status is not known: 403 is inferred from the
// reply to a wrong Client-Token.
export const addressNotAllowed = (address: string) => jsonReply(403, { error: `${address} not allowed` });

// Our strictness: the facts do not say how a malformed request is refused.
export const badRequest = (problem: string) => jsonReply(400, { error: problem });
