import {
  type Access,
  type Asker,
  type Facts,
  judgeAccess,
  type NoAccess,
  noAccessKinds,
} from '../privacy/access.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { Directory } from './directory.ts';

/** The numbers that somebody may change where they are, in the order of the settings; or why none. */
export type Admission =
  | { ok: true; numbers: [ManagedNumber, ...ManagedNumber[]] }
  | { ok: false; why: NoAccess };

export interface Admissions {
  /** What can be said without asking Slack; undefined where it has to be asked. */
  known(asker: Asker): Admission | undefined;
  /** Asks Slack what was not said within `maxAgeMs`, and waits for it as long as `waitMs`. Never rejects. */
  ask(asker: Asker, maxAgeMs: number, waitMs?: number): Promise<Admission>;
}

/** Where Slack itself waits, for three seconds, for an answer that depends on this one. */
export const hurriedMs = 1_500;
/** Where a person waits, who was shown something already, or is answered later. */
const unhurriedMs = 3_500;

/** How long a form may be opened with what Slack said before, while Slack is asked again. */
const rememberedMs = 60_000;

export function createAdmissions(numbers: readonly ManagedNumber[], directory: Directory): Admissions {
  const groups = [...new Set(numbers.flatMap(({ access }) => access.groups))];
  const noFacts: Facts = { standing: undefined, membersOf: () => undefined };

  function judge(asker: Asker, facts: Facts): Admission | undefined {
    const judged = numbers.map((number) => ({ number, access: judgeAccess(number.access, asker, facts) }));
    return judged.some(({ access }) => access === undefined)
      ? undefined
      : admissionOf(judged as { number: ManagedNumber; access: Access }[]);
  }

  return {
    known: (asker) => judge(asker, directory.known(asker.id, rememberedMs)),
    async ask(asker, maxAgeMs, waitMs = unhurriedMs) {
      // Whoever is named needs no asking.
      const known = judge(asker, noFacts);
      if (known) return known;
      const admission = judge(asker, await directory.ask(asker.id, { groups, maxAgeMs, waitMs }));
      return admission ?? { ok: false, why: { kind: 'unreadable' } };
    },
  };
}

/** The admission to one number alone. */
export function admissionTo(admission: Admission, instance: string): ManagedNumber | undefined {
  return admission.ok ? admission.numbers.find((number) => number.instance === instance) : undefined;
}

function admissionOf(judged: { number: ManagedNumber; access: Access }[]): Admission {
  const [first, ...more] = judged.filter(({ access }) => access.ok).map(({ number }) => number);
  if (first) return { ok: true, numbers: [first, ...more] };
  const reasons = judged.flatMap(({ access }) => (access.ok ? [] : [access.why]));
  const [why = { kind: 'unreadable' }] = reasons.sort(
    (a, b) => noAccessKinds.indexOf(a.kind) - noAccessKinds.indexOf(b.kind),
  );
  if (why.kind !== 'other-channel') return { ok: false, why };
  const channels = reasons.flatMap((reason) => (reason.kind === 'other-channel' ? reason.channels : []));
  return { ok: false, why: { kind: 'other-channel', channels: [...new Set(channels)] } };
}
