import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Facts, Standing } from '../privacy/access.ts';
import type { Log } from '../privacy/ports.ts';
import { errorFields, patiently } from './patience.ts';
import type { WebApi } from './web-api.ts';

/** What Slack says of people, remembered for a while. */
export interface Directory {
  /** What was said at most `maxAgeMs` ago; asks nobody. */
  known(user: string, maxAgeMs: number): Facts;
  /** Asks what is not known so freshly. Never rejects: what Slack does not say within `waitMs` is unreadable. */
  ask(user: string, asked: { groups: readonly string[]; maxAgeMs: number; waitMs: number }): Promise<Facts>;
}

/** How long Slack is asked again where it is in trouble. */
const patienceMs = 3_500;
/** An answer that takes longer is not waited for by those who ask after that. */
const usualAnswerMs = 1_500;
const mostRemembered = 2_000;

type Remembered<T> = { value: T; atMs: number };

/** `ending`: Slack is not asked again after that. */
export function createDirectory(
  client: WebApi,
  log: Log,
  { ending, now = Date.now }: { ending: AbortSignal; now?: () => number },
): Directory {
  const standings = createMemory<Standing>(now);
  const groups = createMemory<ReadonlySet<string>>(now);
  const teams = createMemory<string>(now);

  const call = <T>(method: () => Promise<T>) => patiently(method, { forMs: patienceMs, signal: ending });

  const readTeam = () =>
    teams.read('own', Number.POSITIVE_INFINITY, async () => {
      const { team_id: teamId } = await call(() => client.auth.test());
      if (!teamId) throw new TypeError('auth.test without a team');
      return teamId;
    });

  const readStanding = (user: string, maxAgeMs: number) =>
    standings.read(user, maxAgeMs, async () => {
      const [team, { user: said }] = await Promise.all([readTeam(), call(() => client.users.info({ user }))]);
      if (said?.id !== user) throw new TypeError('users.info of somebody else');
      if (said.team_id === undefined && said.is_restricted === undefined)
        throw new TypeError('users.info that does not say who it is');
      return standingOf(said, team);
    });

  const readGroup = (group: string, maxAgeMs: number) =>
    groups.read(group, maxAgeMs, async () => {
      const { users } = await call(() => client.usergroups.users.list({ usergroup: group }));
      if (!users) throw new TypeError('usergroups.users.list without users');
      return new Set(users);
    });

  /** Undefined where Slack does not say in time; what comes later is remembered all the same. */
  async function inTime<T>(read: Promise<T>, waitMs: number, what: object): Promise<T | undefined> {
    const failed = read.catch((error: unknown) => {
      log.warn({ ...what, ...errorFields(error) }, 'Slack did not say who somebody is');
      return undefined;
    });
    return Promise.race([failed, pause(waitMs, undefined, { ref: false })]);
  }

  return {
    known: (user, maxAgeMs) => ({
      standing: standings.known(user, maxAgeMs),
      membersOf: (group) => groups.known(group, maxAgeMs),
    }),
    async ask(user, { groups: wanted, maxAgeMs, waitMs }) {
      const [standing, ...members] = await Promise.all([
        inTime(readStanding(user, maxAgeMs), waitMs, { method: 'users.info' }),
        ...wanted.map((group) =>
          inTime(readGroup(group, maxAgeMs), waitMs, { method: 'usergroups.users.list', group }),
        ),
      ]);
      const said = new Map(wanted.map((group, at) => [group, members[at]]));
      return { standing: standing ?? 'unreadable', membersOf: (group) => said.get(group) ?? 'unreadable' };
    },
  };
}

/** https://docs.slack.dev/reference/objects/user-object */
function standingOf(user: NonNullable<webApi.UsersInfoResponse['user']>, ownTeam: string): Standing {
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])].filter((team) => team !== undefined);
  if (user.is_stranger || (teams.length > 0 && !teams.includes(ownTeam))) return 'outsider';
  if (user.deleted || user.is_bot) return 'nobody';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

/**
 * Whoever asks while an answer is under way gets the same one, if it was asked for recently enough: an answer says how
 * things were when it was asked for, and one that hangs must not keep others from asking again.
 */
function createMemory<T>(now: () => number) {
  const remembered = new Map<string, Remembered<T>>();
  const underWay = new Map<string, Remembered<Promise<T>>>();

  function known(key: string, maxAgeMs: number): T | undefined {
    const found = remembered.get(key);
    return found && now() - found.atMs <= maxAgeMs ? found.value : undefined;
  }

  async function readAnew(key: string, atMs: number, read: () => Promise<T>): Promise<T> {
    const value = await read();
    // Of two answers that overtook one another the one asked for last counts.
    if (atMs < (remembered.get(key)?.atMs ?? atMs)) return value;
    remembered.delete(key);
    remembered.set(key, { value, atMs });
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return value;
  }

  function begin(key: string, read: () => Promise<T>): Promise<T> {
    const atMs = now();
    const reading: Remembered<Promise<T>> = {
      atMs,
      value: readAnew(key, atMs, read).finally(() => {
        if (underWay.get(key) === reading) underWay.delete(key);
      }),
    };
    underWay.set(key, reading);
    return reading.value;
  }

  return {
    known,
    read(key: string, maxAgeMs: number, read: () => Promise<T>): Promise<T> {
      const value = known(key, maxAgeMs);
      if (value !== undefined) return Promise.resolve(value);
      const reading = underWay.get(key);
      const isRecent = reading && now() - reading.atMs <= Math.min(maxAgeMs, usualAnswerMs);
      return isRecent ? reading.value : begin(key, read);
    },
  };
}
