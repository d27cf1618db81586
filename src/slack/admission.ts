import {
  type Access,
  type AccessRule,
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
  /**
   * Asks Slack what was not said within `maxAgeMs`, and waits for it as long as `waitMs`. `instance`: the one number that
   * matters; of the others what is known. Never rejects.
   */
  ask(
    asker: Asker,
    options: { maxAgeMs: number; waitMs?: number; instance?: string | undefined },
  ): Promise<Admission>;
}

/** Where Slack itself waits, for three seconds, for an answer that depends on this one. */
export const hurriedMs = 1_500;
/** Where a person waits, who was shown something already, or is answered later. */
const unhurriedMs = 3_500;

/** How long a form may be opened, and a picker answered, with what Slack said before. */
export const rememberedMs = 60_000;
/** What Slack said of somebody so long ago is asked again. */
export const freshMs = 10_000;

export function createAdmissions(numbers: readonly ManagedNumber[], directory: Directory): Admissions {
  const noFacts: Facts = { standing: undefined, membersOf: () => undefined };
  const unsaid: Access = { ok: false, why: { kind: 'unreadable' } };

  function judge(asker: Asker, facts: Facts, instance?: string): Admission | undefined {
    const judged = numbers.map((number) => ({
      number,
      access: judgeAccess(ruleFor(number, asker), asker, facts),
    }));
    const isOpen = judged.some(
      ({ number, access }) => access === undefined && (instance ?? number.instance) === number.instance,
    );
    if (isOpen) return undefined;
    return admissionOf(
      judged.map(({ number, access = unsaid }) => ({ number, access })),
      instance,
    );
  }

  return {
    known: (asker) => judge(asker, directory.known(asker.id, rememberedMs)),
    async ask(asker, { maxAgeMs, waitMs = unhurriedMs, instance }) {
      // Whoever is named needs no asking.
      const known = judge(asker, noFacts, instance);
      if (known) return known;
      const concerned = numbers.filter((number) => (instance ?? number.instance) === number.instance);
      const groups = [...new Set(concerned.flatMap(({ access }) => access.groups))];
      const said = await directory.ask(asker.id, { groups, maxAgeMs, waitMs });
      const remembered = directory.known(asker.id, rememberedMs);
      const membersOf = (group: string) =>
        groups.includes(group) ? said.membersOf(group) : remembered.membersOf(group);
      return judge(asker, { standing: said.standing, membersOf }, instance) ?? unsaid;
    },
  };
}

/** The admission to one number alone. */
export function admissionTo(admission: Admission, instance: string): ManagedNumber | undefined {
  return admission.ok ? admission.numbers.find((number) => number.instance === instance) : undefined;
}

/** The buttons of a message work where the bot posted it, which may be a channel for messages alone. */
function ruleFor({ access, auditChannel }: ManagedNumber, { channel, pressed }: Asker): AccessRule {
  return pressed && auditChannel === channel ? { ...access, channels: [] } : access;
}

/** `instance`: whose reason is told where the person may change none. */
function admissionOf(judged: { number: ManagedNumber; access: Access }[], instance?: string): Admission {
  const [first, ...more] = judged.filter(({ access }) => access.ok).map(({ number }) => number);
  if (first) return { ok: true, numbers: [first, ...more] };
  const concerned = judged.filter(({ number }) => (instance ?? number.instance) === number.instance);
  const reasons = concerned.flatMap(({ access }) => (access.ok ? [] : [access.why]));
  const [why = { kind: 'unreadable' }] = reasons.sort(
    (a, b) => noAccessKinds.indexOf(a.kind) - noAccessKinds.indexOf(b.kind),
  );
  if (why.kind !== 'other-channel') return { ok: false, why };
  const channels = reasons.flatMap((reason) => (reason.kind === 'other-channel' ? reason.channels : []));
  return { ok: false, why: { kind: 'other-channel', channels: [...new Set(channels)] } };
}
