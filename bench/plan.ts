/**
 * Measures planning, reading and starting: `npm run bench:plan -- [--json]`, on an organization of
 * 10,000 accounts. Times of plans and of processes are by the wall clock; times under AWS's rates
 * are by the sandbox's virtual clock.
 */
import { withDifferences } from "./lib/differences.ts";
import { organization } from "./lib/organization.ts";
import { planFigures } from "./lib/plan-figures.ts";
import { readFigures } from "./lib/read-figures.ts";
import { report } from "./lib/report.ts";
import { startFigures } from "./lib/start-figures.ts";

const size = { accounts: 10_000, organizationalUnits: 1_000, policies: 500, attachments: 3_000 };
const snapshot = organization(size);
const wish = withDifferences(snapshot);

report("plan", [
  ...(await planFigures(snapshot, wish)),
  ...(await readFigures(snapshot, wish)),
  ...(await startFigures()),
]);
