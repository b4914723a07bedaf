/**
 * Measures the services as code: `npm run bench:services -- [--json] [--accounts N] [--regions N]`,
 * on 1,000 accounts in 17 Regions by default. Everything is enabled from nothing in a sandbox that
 * throttles by the rates that AWS publishes, on a clock that only moves when somebody waits. Node.js
 * takes more heap the more the machine has before it cleans up; the script gives it 1 GiB, so that
 * the memory measured is what sandbox and plan together need.
 */
import { report } from "./lib/report.ts";
import { serviceFigures } from "./lib/service-figures.ts";

const numberOf = (flag: string, otherwise: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

report(
  "services",
  await serviceFigures({
    accounts: numberOf("--accounts", 1_000),
    regions: numberOf("--regions", 17),
  }),
);
