import type { InstanceSeed, WhatsappRegistry } from '../fakes/zapi/types.ts';
import type { DemoNumber } from './world.ts';

// The team's two WhatsApp numbers, whom they know, and who is on WhatsApp. Everybody here is invented.

export const WHATSAPP_NUMBERS: readonly (DemoNumber & InstanceSeed)[] = [
  {
    name: 'vendas',
    label: 'Vendas',
    instanceId: '3D0AURORA0VENDAS',
    instanceToken: 'demo-instance-token-4f1c',
    account: {
      phone: '5511987654321',
      name: 'Padaria Aurora',
      lastSeen: 'ALL',
      disallowed: ['5511912340001', '5521998760002', '5585999120034', '182736455501928@lid'],
      connected: true,
      contacts: [
        { phone: '5511988881234', name: 'João Pedro Almeida', short: 'João' },
        { phone: '5511912340001', name: 'João Batista Nogueira', short: 'João Batista' },
        { phone: '5521998760002', name: 'Conceição Rocha (farinha)', short: 'Conceição' },
        { phone: '5521977775678', name: 'Márcia Gonçalves', short: 'Márcia' },
        { phone: '5511970010003', name: 'Antônio Sampaio' },
        { phone: '5531988040044', name: 'Luísa Brandão', short: 'Luísa' },
        // Registered before the ninth digit came, and without it to this day.
        { phone: '553188776655', name: 'Getúlio Viana', short: 'Getúlio' },
        { phone: '5571991230056', name: 'Sebastião Araújo' },
        { phone: '5511960220078', name: 'Thaís Peçanha', short: 'Thaís' },
        { phone: '5541996650090', name: 'Inácio Kühl' },
        { phone: '351912345678', name: 'Inês Carvalho (Lisboa)', short: 'Inês' },
        { phone: '5511955120012', vname: 'Doces da Vó Áurea' },
        // They share a group with the account, and are no contacts.
        { phone: '5511944130013', notify: 'Carol ✨' },
        { phone: '5581997240014', notify: 'Seu Jorge' },
      ],
    },
  },
  {
    name: 'suporte',
    label: 'Suporte',
    instanceId: '3D0AURORA0SUPORTE',
    instanceToken: 'demo-instance-token-9b27',
    account: {
      phone: '5521987651000',
      name: 'Aurora Suporte',
      lastSeen: 'CONTACTS',
      disallowed: ['5521996310015', '5511944130013'],
      connected: true,
      contacts: [
        { phone: '5521996310015', name: 'José Ângelo Tavares', short: 'José' },
        { phone: '5521995420016', name: 'Mônica Prado', short: 'Mônica' },
        { phone: '5527999530017', name: 'Conceição Andrade', short: 'Conceição' },
        { phone: '5511993640018', name: 'Joana Simões', short: 'Joana' },
        { phone: '5562992750019', name: 'Estêvão Lôbo' },
        { phone: '5511944130013', notify: 'Carol ✨' },
      ],
    },
  },
];

export const ON_WHATSAPP: Pick<WhatsappRegistry, 'registered' | 'notRegistered'> = {
  registered: ['553188776655'],
  notRegistered: ['5511955550000', '5521933330000'],
};
