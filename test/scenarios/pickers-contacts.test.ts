import { describe, expect, test } from '@jest/globals';
import type { Contact } from '../../fakes/zapi/types.ts';
import { auditMessageIn, modes, openForm, startWorld, type World } from '../world.ts';

const label = 'Hide from contacts';
const unavailable = "Z-API can't say who the contacts are. Type the number above.";

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows(label);
  return form;
}

const some: Contact[] = [
  { phone: '5511987654321', name: 'João Pedro', notify: 'JP' },
  { phone: '5521912345678', short: 'MARIA', name: 'Maria São João' },
  { phone: '5531988887777', notify: 'João of the group' },
  { phone: '442079460958', vname: 'Joana Smith' },
  { phone: '120363041234567890@g.us', name: 'João’s group' },
];

const adds = (...phones: string[]) => ({
  visualizationType: 'CONTACT_BLACKLIST',
  contactsBlacklist: phones.map((phone) => ({ action: 'add', phone })),
});

describe.each(modes)('“Hide from contacts”, in %s mode', (mode) => {
  test('finds contacts by name, whatever the case and the accents, and by number', async () => {
    await using world = await startWorld({ mode, contacts: some });
    const form = await openAtTheList(world);
    const joao = 'João Pedro · +55 11 98765-4321';
    const maria = 'Maria São João · +55 21 91234-5678';
    for (const query of ['joao', 'JOÃO', 'joa\u0303o']) {
      expect(await form.offers(label, query)).toEqual([joao, maria]);
    }
    expect(await form.offers(label, 'pedro jo')).toEqual([joao]);
    expect(await form.offers(label, '(21) 91234')).toEqual([maria]);
    expect(await form.offers(label, '')).toEqual(['Joana Smith · +44 20 7946 0958', joao, maria]);
  });

  test('hides from who is picked and from who is typed, the same person once, and looks up who was typed', async () => {
    await using world = await startWorld({ mode, contacts: some });
    const form = await openAtTheList(world);
    await form.pick(label, 'joao pedro');
    await form.pick(label, 'joana');
    await form.write('Hide from', '+55 11 8765-4321\n+351 912 345 678');
    world.zapi.whatsapp.registered.push('5511987654321');
    await form.save();
    await auditMessageIn(world);
    expect(world.changes()[0]?.body).toEqual(adds('5511987654321', '351912345678', '442079460958'));
    expect(
      world.zapi.requests.filter(({ path }) => path.includes('phone-exists-batch')).map(({ body }) => body),
    ).toEqual([{ phones: ['551187654321', '351912345678'] }]);
  });

  test('says that Z-API does not say who the contacts are, and the number that is typed is taken', async () => {
    await using world = await startWorld({
      mode,
      contacts: some,
      zapiFaults: [{ kind: 'json', path: '/contacts', status: 400, body: { error: 'no' } }],
    });
    const form = await openAtTheList(world);
    expect(await form.offers(label, 'joao')).toEqual([unavailable]);
    await form.pick(label, 'joao');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    await auditMessageIn(world);
    expect(world.changes()[0]?.body).toEqual(adds('5511987654321'));
  });

  test('recovers by itself', async () => {
    await using world = await startWorld({
      mode,
      contacts: some,
      zapiFaults: [{ kind: 'json', path: '/contacts', status: 400, body: { error: 'no' } }],
    });
    const form = await openAtTheList(world);
    expect(await form.offers(label, 'pedro')).toEqual([unavailable]);
    world.zapi.clearFaults();
    const endMs = Date.now() + 25_000;
    let offered = [unavailable];
    while (offered[0] === unavailable && Date.now() < endMs) offered = await form.offers(label, 'pedro');
    expect(offered).toEqual(['João Pedro · +55 11 98765-4321']);
  }, 40_000);

  test('says that the contacts are being read, where none came so far', async () => {
    await using world = await startWorld({
      mode,
      contacts: some,
      zapiFaults: [
        { kind: 'json', path: '/contacts', status: 400, body: {}, times: 1 },
        { kind: 'hang', path: '/contacts', applied: false },
      ],
    });
    const form = await openAtTheList(world);
    // Its failure is forgotten only after a while.
    const endMs = Date.now() + 25_000;
    let offered = [unavailable];
    while (offered[0] === unavailable && Date.now() < endMs) offered = await form.offers(label, 'pedro');
    expect(offered).toEqual(['Still reading the contacts. Type again in a moment.']);
  }, 40_000);
});

describe.each(modes)('fifty thousand contacts, in %s mode', (mode) => {
  const many: Contact[] = Array.from({ length: 50_000 }, (_, index) => ({
    phone: `55119${10_000_000 + index}`,
    name: `Contato ${index}${index === 49_999 ? ' Último' : ''}`,
  }));

  test('are answered for well inside three seconds, also while they are being read', async () => {
    // At that pace everybody is read after more than five seconds.
    const zapiFaults = [{ kind: 'slow', path: '/contacts', delayMs: 40 } as const];
    await using world = await startWorld({ mode, contacts: many, zapiFaults });
    const form = await openAtTheList(world);
    const measured = async (query: string) => {
      const startedMs = performance.now();
      const offered = await form.offers(label, query);
      return { offered, ms: performance.now() - startedMs };
    };
    const first = await measured('contato 1');
    expect(first.offered).toHaveLength(100);
    expect(first.ms).toBeLessThan(2_700);
    expect(world.logs.join()).not.toContain('contacts read');
    world.zapi.clearFaults();
    await world.logged('contacts read');
    const times = [];
    for (const query of ['u', 'ul', 'ultimo', 'contato 4999', 'nobody', '5511910049999', '']) {
      const { offered, ms } = await measured(query);
      if (query.startsWith('ult')) expect(offered).toEqual(['Contato 49999 Último · +55 11 91004-9999']);
      times.push(ms);
    }
    expect(Math.max(...times)).toBeLessThan(1_500);
  }, 60_000);
});
