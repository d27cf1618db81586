import { describe, expect, test } from '@jest/globals';
import { saveAndTell } from '../save-change.ts';
import { changesOf, salesOption, startTwoNumbers, supportInstance, supportOption } from '../two-numbers.ts';
import {
  ana,
  auditMessageIn,
  bruno,
  instanceId,
  modes,
  openForm,
  publicChannel,
  saidIn,
  startWorld,
  toldIn,
} from '../world.ts';

const numberLabel = 'WhatsApp number';
const excepting = 'My contacts except…';

describe.each(modes)('the form of a team with two numbers, in %s mode', (mode) => {
  test('has the number first, and sends the change to the one that is chosen', async () => {
    await using world = await startTwoNumbers({ mode });
    const form = await openForm(world);
    expect(form.labels()).toEqual([numberLabel, 'Who can see last seen']);
    expect(form.options().slice(0, 2)).toEqual([salesOption, supportOption]);
    expect(form.text()).toContain('Changes *Sales* (+55 11 94000-1000) for the whole team.');
    await form.choose(supportOption);
    await form.says('Changes *Support* (+55 11 94000-2000) for the whole team.');
    await form.choose('Nobody');
    await form.save();
    const said = saidIn(await auditMessageIn(world));
    expect(said).toContain('Support (+55 11 •••••-2000)');
    expect(said).not.toContain('Sales');
    expect(changesOf(world, supportInstance)).toEqual([{ visualizationType: 'NONE' }]);
    expect(changesOf(world, instanceId)).toEqual([]);
  });

  test('never sends who was picked for one number to another, though Save is faster than the form', async () => {
    await using world = await startTwoNumbers({
      mode,
      hidden: ['5511912345678'],
      support: { hidden: ['5511912345678'] },
    });
    const form = await openForm(world);
    await form.choose(excepting);
    await form.shows('Show again to');
    await form.pick('Show again to', '91234');
    // The form of the other number does not come.
    world.slack.inject({ kind: 'http-status', status: 503, method: 'views.update' });
    await form.choose(supportOption);
    await form.save();
    await form.says('*Another number was chosen.*');
    expect(form.picked('Show again to')).toEqual([]);
    expect(world.changes()).toEqual([]);
    expect(world.zapi.account(supportInstance).disallowed).toEqual(['5511912345678']);
  });

  test('changes what stands, the list and the contacts with the number', async () => {
    await using world = await startTwoNumbers({
      mode,
      hidden: ['5511987654321'],
      contacts: [{ phone: '5531988887777', name: 'Ana of sales' }],
      support: { hidden: ['5521912345678'], contacts: [{ phone: '5541977776666', name: 'Ana of support' }] },
    });
    await saveAndTell(world, { option: 'Nobody' });
    const form = await openForm(world);
    expect(form.chosen()).toBe('Nobody');
    await form.choose(excepting);
    await form.says('*On the list now (1):* +55 11 98765-4321');
    expect(await form.offers('Hide from contacts', 'ana')).toEqual(['Ana of sales · +55 31 98888-7777']);
    expect(await form.offers('Show again to', '')).toEqual(['+55 11 98765-4321']);
    await form.choose(supportOption);
    await form.says('*On the list now (1):* +55 21 91234-5678');
    expect(form.text()).toContain('Now: not known yet. This bot has not set it');
    expect(form.text()).not.toContain('98765-4321');
    expect(await form.offers('Hide from contacts', 'ana')).toEqual(['Ana of support · +55 41 97777-6666']);
    expect(await form.offers('Show again to', '')).toEqual(['+55 21 91234-5678']);
    await form.choose(salesOption);
    await form.says('Now: *Nobody*, set here by <@U0ANA>');
  });

  test('keeps what was typed, and drops who was picked for the other number', async () => {
    await using world = await startTwoNumbers({
      mode,
      hidden: ['5511987654321'],
      contacts: [{ phone: '5531988887777', name: 'Ana of sales' }],
      support: { hidden: ['5511987654321', '5521912345678'] },
    });
    const form = await openForm(world);
    await form.choose(excepting);
    await form.shows('Hide from');
    await form.write('Hide from', '+351 912 345 678');
    await form.pick('Hide from contacts', 'ana');
    await form.pick('Show again to', '');
    await form.choose(supportOption);
    await form.says('Changes *Support*');
    expect(form.chosen()).toBe(excepting);
    expect(form.value('Hide from')).toBe('+351 912 345 678');
    expect(form.picked('Hide from contacts')).toEqual([]);
    expect(form.picked('Show again to')).toEqual([]);
    await form.pick('Show again to', '91234');
    // Neither does it come back with a switch of the choice.
    await form.choose('Nobody');
    await form.hides('Hide from');
    await form.choose(excepting);
    await form.shows('Hide from');
    expect(form.picked('Show again to')).toEqual(['+55 21 91234-5678']);
    await form.save();
    await auditMessageIn(world);
    expect(changesOf(world, supportInstance)).toEqual([
      {
        visualizationType: 'CONTACT_BLACKLIST',
        contactsBlacklist: [
          { action: 'add', phone: '351912345678' },
          { action: 'remove', phone: '5521912345678' },
        ],
      },
    ]);
    expect(changesOf(world, instanceId)).toEqual([]);
  });

  test('shows each person the numbers that they may change', async () => {
    const env = { ZAPI_SALES_ALLOWED_USERS: ana, ZAPI_SUPPORT_ALLOWED_USERS: `${ana},${bruno}` };
    await using world = await startTwoNumbers({ mode, env });
    const form = await openForm(world, { person: world.bruno });
    expect(form.options()).toContain(supportOption);
    expect(form.options()).not.toContain(salesOption);
    expect(form.text()).not.toContain('Sales');
    await form.choose('Nobody');
    await form.save();
    await auditMessageIn(world);
    expect(changesOf(world, supportInstance)).toEqual([{ visualizationType: 'NONE' }]);
    expect((await openForm(world)).options()).toContain(salesOption);
    await world.carla.types(publicChannel, '/lastseen');
    expect(world.carla.modal()).toBeUndefined();
  });

  test('shows a number only in the channels where it may be changed', async () => {
    const env = { ZAPI_SALES_ALLOWED_CHANNELS: 'C0BOARD' };
    await using world = await startTwoNumbers({ mode, env });
    const here = await openForm(world);
    expect(here.options()).not.toContain(salesOption);
    const there = await openForm(world, { person: world.bruno, channel: 'C0BOARD' });
    expect(there.options().slice(0, 2)).toEqual([salesOption, supportOption]);
  });

  test('opens at the number that is named', async () => {
    await using world = await startTwoNumbers({ mode });
    const form = await openForm(world, { text: '/lastseen on support' });
    expect(form.text()).toContain('Changes *Support*');
  });

  test('tells the channel of the number', async () => {
    const env = { ZAPI_SUPPORT_AUDIT_CHANNEL: 'C0AUDIT' };
    await using world = await startTwoNumbers({ mode, env });
    const form = await openForm(world);
    await form.choose(supportOption);
    await form.says('Changes *Support*');
    await form.choose('Nobody');
    await form.save();
    expect(saidIn(await auditMessageIn(world, 'C0AUDIT'))).toContain('*Support (');
    await world.ana.closes();
    await saveAndTell(world, { option: 'Everyone' });
    expect(toldIn(world, publicChannel).map(saidIn).join()).toContain('*Sales (');
    expect(toldIn(world, 'C0AUDIT')).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });
});

describe.each(modes)('a team with one number, in %s mode', (mode) => {
  test('has it in the form whatever is named after the command', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world, { text: '/lastseen on sales' });
    expect(form.text()).toContain('Changes *+55 11 94000-1000* (Padaria Sol) for the whole team.');
    expect(form.text()).not.toContain('Choose the number');
  });

  test('has no select, and no word of several numbers', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    expect(form.labels()).toEqual(['Who can see last seen']);
    await world.ana.types(publicChannel, '/lastseen help');
    const help = world.ana.sees(publicChannel).map(saidIn).join();
    expect(help).toContain('/lastseen');
    expect(help).not.toContain('at the end to name');
  });
});
