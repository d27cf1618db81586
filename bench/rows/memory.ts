import { rounded } from '../load/figures.ts';
import { changeByLines } from '../load/form.ts';
import { settledMemoryMb } from '../load/resident-memory.ts';
import type { Launch } from '../load/subject.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';
import { boltAck, severalNumbers, sources } from '../subjects.ts';

const numbers = Array.from({ length: 20 }, (_, index) => `n${index + 1}`);
type Memory = { rssMb: number; collectedMb: number; heapMb: number };

/** Memory at rest, and after many changes. */
export const memory: Row = {
  name: 'memory',
  title: 'Memory at rest, and after 10,000 changes',
  async run({ isQuick, built }) {
    const changes = isQuick ? 400 : 10_000;
    const bare = await atRest(boltAck);
    const ours = await atRest(sources);
    const bundled = await atRest(built);
    const after = await afterChanges(built, changes);
    const line = (name: string, { rssMb, collectedMb, heapMb }: Memory) => [
      name,
      rounded(rssMb),
      rounded(rssMb / bare.rssMb),
      rounded(collectedMb),
      rounded(heapMb),
    ];
    return {
      columns: ['MB', 'RSS', 'of bare Bolt at rest', 'RSS after a collection', 'heap in use'],
      lines: [
        line(`${boltAck.name}, at rest`, bare),
        line(`${sources.name}, at rest`, ours),
        line(`${built.name}, at rest`, bundled),
        line(`after ${changes} changes of ${numbers.length} numbers`, after),
      ],
      targets: [
        { what: 'RSS at rest, beside bare Bolt at rest', measured: bundled.rssMb / bare.rssMb },
        {
          what: `RSS after ${changes} changes, beside bare Bolt at rest`,
          measured: after.rssMb / bare.rssMb,
        },
      ].map((target) => ({
        ...target,
        unit: '×',
        limit: { atMost: 1.3 },
        limitedBy:
          'V8 keeps room for what is young (32 MB) and collects late: compare with the heap in use. It gives the room back when it has nothing to do. `node --optimize-for-size` takes less still, and half of the commands a second.',
      })),
      notes: [
        'RSS is read when it has stopped changing; the other figures are taken after a collection that is asked for only then. The journal is in a folder in memory, which is no process’s memory, since the disk would make it last for minutes.',
      ],
    };
  },
};

async function atRest(launch: Launch): Promise<Memory> {
  await using stage = await setStage(launch, { tellsMemory: true });
  return await measure(stage);
}

async function afterChanges(launch: Launch, changes: number): Promise<Memory> {
  await using stage = await setStage(launch, {
    tellsMemory: true,
    isDiskless: true,
    env: severalNumbers(numbers),
  });
  const lines = numbers.map((name) => ({ text: `nobody on ${name}`, tellIn: `C0${name.toUpperCase()}` }));
  await changeByLines(stage, lines, changes / numbers.length);
  return await measure(stage);
}

async function measure({ subject, quiet }: Stage): Promise<Memory> {
  await quiet();
  const rssMb = await settledMemoryMb(subject.pid);
  const { rss, heapUsed } = await subject.memory();
  return { rssMb, collectedMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 };
}
