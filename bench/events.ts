/**
 * Measures reading of CloudTrail: `npm run bench:events -- [--json] [--only logs|impact|watch] [--events N]
 * [--rounds N] [--watch-seconds N] [--watch-messages PER_SECOND] [--watch-profiles FOLDER]`, on generated
 * logs of an organization's trail: 200,000 events in 500 files, and again in 20,000; and `orgrail watch` at
 * 5,000 events a second.
 */
import { eventsFigures } from "./lib/events-figures.ts";
import { impactFigures } from "./lib/impact-figures.ts";
import { report } from "./lib/report.ts";
import { watchFigures } from "./lib/watch-figures.ts";

const textOf = (flag: string): string | undefined => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
};
const numberOf = (flag: string, otherwise: number): number => Number(textOf(flag) ?? otherwise);

const events = numberOf("--events", 200_000);
const only = textOf("--only");
const profiles = textOf("--watch-profiles");

const parts = {
  logs: () =>
    eventsFigures({
      events,
      largeFiles: Math.ceil(events / 400),
      smallFiles: Math.ceil(events / 10),
      rounds: numberOf("--rounds", 5),
    }),
  impact: () => impactFigures({ events, replayed: numberOf("--replayed", 100_000_000) }),
  watch: () =>
    watchFigures({
      seconds: numberOf("--watch-seconds", 30),
      // Two requests for ten messages by the SDK take more of the processor than what is in them.
      perSecond: { files: 5_000, messages: numberOf("--watch-messages", 2_000) },
      ...(profiles === undefined ? {} : { profiles }),
    }),
};
const names = Object.keys(parts) as (keyof typeof parts)[];
const chosen = names.filter((name) => only === undefined || name === only);
if (chosen.length === 0) throw new Error(`--only takes ${names.join(", ")}`);

const results = [];
for (const name of chosen) results.push(...(await parts[name]()));
report("events", results);
