/**
 * supported: answers as the facts say. partial: part of the answer is left out, or is our guess because the facts do not
 * say. not: the call does not exist here (as an unknown path), or the error never comes unless injected as `json`.
 */
export type Support = 'supported' | 'partial' | 'not';

/** Where the fact comes from: Z-API's documentation, third-party code and reports, or reasoning. */
export type Evidence = 'doc' | 'field' | 'inferred';

export type CoverageRow = {
  readonly support: Support;
  readonly evidence: readonly Evidence[];
  readonly note: string;
};

function row(support: Support, evidence: readonly Evidence[], note = ''): CoverageRow {
  return Object.freeze({ support, evidence: Object.freeze([...evidence]), note });
}

/** Each call of Z-API that the facts name. */
export const callCoverage = Object.freeze({
  'POST /privacy/last-seen': row('supported', ['doc'], 'stricter on malformed bodies'),
  'GET /privacy/disallowed-contacts': row('supported', ['doc'], 'never null; null can be injected as json'),
  'GET /status': row('supported', ['doc'], 'the form when disconnected is a guess'),
  'GET /device': row('partial', ['doc'], 'phone, name and isBusiness only'),
  'GET /me': row('partial', ['doc'], 'the keys named in the facts; due and paymentStatus are invented'),
  'GET /contacts': row('supported', ['doc', 'inferred'], 'stricter on page and pageSize'),
  'POST /phone-exists-batch': row(
    'supported',
    ['doc'],
    'stricter on malformed bodies; outputPhone of who is not there is a guess',
  ),
  'GET /phone-exists/554411111111': row(
    'partial',
    ['doc', 'field', 'inferred'],
    'the keys are a guess; an array, or an object as an option',
  ),
  'POST /privacy/photo': row('not', ['doc']),
  'POST /privacy/description': row('not', ['doc']),
  'POST /privacy/group-add': row('not', ['doc']),
  'POST /privacy/online': row('not', ['doc']),
  'POST /privacy/read-receipts': row('not', ['doc']),
  'POST /privacy/messages-duration': row('not', ['doc']),
});

/** Each row of the facts' table of errors. */
export const errorCoverage = Object.freeze({
  'Client-Token missing': row('supported', ['field']),
  'Client-Token missing, as documented': row('not', ['doc'], 'the reply seen in the field is given instead'),
  'Client-Token wrong': row('supported', ['field'], 'echoes the value sent'),
  'address not on the allow-list': row('partial', ['doc'], 'as a fault; the status is a guess'),
  'wrong instance id or token': row('supported', ['field'], 'always 400; weak evidence'),
  'subscription lapsed': row('supported', ['field'], 'as a fault'),
  'unknown path': row('supported', ['field']),
  'wrong method': row('supported', ['field'], 'outside the privacy paths'),
  'wrong method on a privacy path': row('partial', ['doc'], 'the body is not known: empty'),
  'no Content-Type': row('partial', ['doc'], 'the body is not known: empty'),
  'bad phone': row('partial', ['doc', 'inferred'], 'documented elsewhere in the API'),
  'refused as success false': row('supported', ['doc'], 'as a fault'),
  'refused as value false': row('supported', ['field'], 'as a fault'),
  'refused as error': row('supported', ['field'], 'as a fault'),
  'phone disconnected': row('partial', ['inferred'], 'the reply to a change is a guess; /status tells'),
  'overload or outage': row('supported', ['field'], 'as a fault: 429 and 5xx as HTML, text or empty'),
});

/** What the facts say of WhatsApp's own ways, beyond single calls. */
export const behaviourCoverage = Object.freeze({
  'the list is kept when the mode moves on': row('supported', ['field']),
  'numbers listed under their private ids': row('partial', ['inferred'], 'for a whole account, where set'),
  'a private id removed verbatim': row('supported', ['inferred']),
  'a success that left numbers out': row('supported', ['inferred'], 'as a fault; replies are untrusted'),
  'a list that is read late': row('supported', ['inferred'], 'as a fault; replies are untrusted'),
  "Brazil's two forms of a number": row('partial', ['inferred'], 'one in the registry, two on a list'),
  'instances apart from one another': row('supported', ['doc'], 'who is on WhatsApp is the same for all'),
});
