import { cpuTimeMs } from '../load/cpu-time.ts';
import { median, percentile, ratio, rounded } from '../load/figures.ts';
import { startSubject } from '../load/subject.ts';
import type { Row } from '../row.ts';
import { startSlack } from '../stand-ins/slack.ts';
import { startZapi } from '../stand-ins/zapi.ts';
import { boltAck, environment, rawHttp, sources } from '../subjects.ts';

/** From the start of the process to its first answer. */
export const start: Row = {
  name: 'start',
  title: 'Start → first good answer, HTTP mode',
  async run({ isQuick, built }) {
    const rounds = isQuick ? 5 : 15;
    const launches = [sources, built, boltAck, rawHttp];
    await using slack = await startSlack();
    await using zapi = await startZapi();
    const env = environment({ slack, zapi });
    const tookMs = new Map(launches.map(({ name }) => [name, [] as number[]]));
    const cpuMs = new Map(launches.map(({ name }) => [name, [] as number[]]));
    // The first round only fills the caches of files.
    for (let round = 0; round <= rounds; round += 1) {
      for (const launch of launches) {
        await using subject = await startSubject(launch, env);
        if (round === 0) continue;
        tookMs.get(launch.name)?.push(subject.readyAfterMs);
        cpuMs.get(launch.name)?.push(await cpuTimeMs(subject.pid));
      }
    }
    const of = (name: string) => tookMs.get(name) ?? [];
    const cpuOf = (name: string) => cpuMs.get(name) ?? [];
    const best = built.name;
    return {
      columns: ['ms', 'median', 'p90', 'of bare Bolt', 'CPU ms', 'CPU of bare Bolt'],
      lines: launches.map(({ name }) => [
        name,
        rounded(median(of(name))),
        rounded(percentile(of(name), 0.9)),
        rounded(ratio(of(name), of(boltAck.name))),
        rounded(median(cpuOf(name))),
        rounded(ratio(cpuOf(name), cpuOf(boltAck.name))),
      ]),
      targets: [
        {
          what: `start of ${best}, beside bare Bolt from its package`,
          measured: ratio(of(best), of(boltAck.name)),
          unit: '×',
          limit: { atMost: 0.9 },
          limitedBy:
            'Most of it is the loading of modules: from the sources the types are stripped of about a hundred files, and Bolt alone loads several hundred.',
        },
      ],
      notes: [
        'The command is `/lastseen help`, knocked for every 2 ms. Each ends by SIGTERM, and its end is waited for.',
      ],
    };
  },
};
