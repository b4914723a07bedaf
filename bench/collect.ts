/**
 * Measures collect: `npm run bench:collect -- [--json] [--accounts N] [--regions N] [--large N]
 * [--generated N]`. By
 * default 1,000 accounts in 17 Regions by tiers and the naive way, in a sandbox that throttles by the
 * rates that AWS publishes, on a clock that only moves when somebody waits; 10,000 accounts by the
 * command itself, in a process of its own; and matrix, audit and page of 10,000 and 50,000 accounts from
 * snapshots that are made. `--large 0`, `--generated 0` and `--accounts 0` leave parts out.
 */
import { collectFigures } from "./lib/collect-figures.ts";
import { generatedFigures, largeFigures } from "./lib/large-figures.ts";
import { report } from "./lib/report.ts";

const numberOf = (flag: string, otherwise: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const regions = numberOf("--regions", 17);
const accounts = numberOf("--accounts", 1_000);
const generated = numberOf("--generated", 50_000);
const large = numberOf("--large", 10_000);
report("collect", [
  ...(accounts === 0 ? [] : await collectFigures({ accounts, regions })),
  ...(generated === 0
    ? []
    : [
        ...(await generatedFigures(Math.min(generated, 10_000), regions)),
        ...(generated > 10_000 ? await generatedFigures(generated, regions) : []),
      ]),
  ...(large === 0 ? [] : await largeFigures({ accounts: large, regions })),
]);
