/**
 * Measures reading CloudTrail: `npm run bench:events -- [--json] [--events N] [--rounds N]`, on
 * generated logs of an organization's trail: 200,000 events in 500 files, and again in 20,000.
 */
import { eventsFigures } from "./lib/events-figures.ts";
import { impactFigures } from "./lib/impact-figures.ts";
import { report } from "./lib/report.ts";
import { watchFigures } from "./lib/watch-figures.ts";

const numberOf = (flag: string, otherwise: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const events = numberOf("--events", 200_000);

report("events", [
  ...(await eventsFigures({
    events,
    largeFiles: Math.ceil(events / 400),
    smallFiles: Math.ceil(events / 10),
    rounds: numberOf("--rounds", 5),
  })),
  ...(await impactFigures({ events, replayed: numberOf("--replayed", 100_000_000) })),
  ...(await watchFigures({ seconds: numberOf("--watch-seconds", 20), perSecond: 5_000 })),
]);
