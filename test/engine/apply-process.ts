// A process that applies a plan over HTTP, for tests that kill it: PLAN JOURNAL LOCKS as arguments,
// endpoint and credentials in the environment. Prints the report's counts.
import { readFile } from "node:fs/promises";
import { createAws } from "../../src/aws/create-aws.ts";
import { systemClock } from "../../src/aws/system-clock.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import { decodePlan } from "../../src/plan/plan-file.ts";
import { fileLock } from "../../src/store/file-lock.ts";
import { createJournal, resumeJournal } from "../../src/store/journal.ts";
import { fileStorage } from "../../src/store/journal-storage.ts";

const [planPath = "", journalPath = "", directory = ""] = process.argv.slice(2);
const { plan } = decodePlan(await readFile(planPath, "utf8"));
if (plan === undefined) throw new Error("no plan");
const clock = systemClock;
const { organizationId } = plan;
const lock = await fileLock({ directory, organizationId, purpose: "apply", clock }).acquire();
const storage = fileStorage(journalPath);
const at = new Date(clock.now()).toISOString();
const journal =
  (await storage.read()) === undefined
    ? await createJournal(storage, plan, at)
    : await resumeJournal(storage, at);
const aws = createAws({ clock, rates: {} });
const report = await applyPlan({ aws }, plan, { journal, lock });
await journal.close();
await lock.release();
aws.close();
process.stdout.write(JSON.stringify(report.counts));
