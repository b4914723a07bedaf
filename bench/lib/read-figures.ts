import type { Aws } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import type { OrganizationState, Snapshot } from "../../src/core/snapshot.ts";
import { requestRates } from "../../src/data/request-rates.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import { type CollectOptions, collectOrganization } from "../../src/engine/collect.ts";
import { lowestCallCount } from "../../src/engine/lowest-call-count.ts";
import { plan } from "../../src/plan/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { createJournal } from "../../src/store/journal.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import type { Wish } from "./differences.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/**
 * Reads an organization from the sandbox under AWS's published rates, on a clock that only moves
 * when somebody waits; then applies a plan there. Answers take no time of their own, so what is
 * measured is how well the rates are used.
 */
export async function readFigures(snapshot: Snapshot, wish: Wish): Promise<BenchResult[]> {
  const sandbox = openSandbox({ snapshot, rates: "published" });
  const aws = createAws({
    clock: sandbox.clock,
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
    random: () => 0.5,
  });
  const lists = await measureRead(sandbox, aws, "lists", {});
  const tags = await measureRead(sandbox, aws, "lists and all tags", { tags: "all" });
  const made = plan(wish.desired, tags.snapshot);
  const storage = memoryStorage();
  const journal = await createJournal(storage, made, new Date(sandbox.clock.now()).toISOString());
  const soFar = sandbox.calls.length;
  const startedAtMs = sandbox.clock.now();
  const { counts } = await applyPlan({ aws }, made, { journal });
  if (counts.done !== made.changes.length) throw new Error(JSON.stringify(counts));
  const virtualSeconds = (sandbox.clock.now() - startedAtMs) / 1000;
  const writes = sandbox.calls.slice(soFar).filter(({ kind }) => kind === "write").length;
  const tagged = wish.desired.accounts.filter((account) => account.tags !== undefined);
  const ids = new Set(tagged.flatMap(({ id }) => id ?? []));
  const left = plan(wish.desired, await collectOrganization({ aws }, { tags: ids }));
  return [
    ...lists.results,
    ...tags.results,
    informing("apply: differences", wish.differences, "things"),
    limited("apply: writes against differences", writes / wish.differences, "times", "lower", 1),
    informing("apply: time under the published rates", virtualSeconds, "s"),
    limited("apply: changes left after it", left.changes.length, "changes", "lower", 0),
  ];
}

async function measureRead(
  sandbox: Sandbox,
  aws: Aws,
  name: string,
  options: CollectOptions,
): Promise<{ snapshot: Snapshot; results: BenchResult[] }> {
  // A time in which all buckets fill again.
  sandbox.clock.advance(3_600_000);
  const soFar = sandbox.calls.length;
  const startedAtMs = sandbox.clock.now();
  const snapshot = await collectOrganization({ aws }, options);
  const seconds = (sandbox.clock.now() - startedAtMs) / 1000;
  const calls = sandbox.calls.slice(soFar);
  const throttled = calls.filter(({ outcome }) => outcome === "TooManyRequestsException");
  if (snapshot.gaps.length > 0) throw new Error(JSON.stringify(snapshot.gaps[0]));
  const bound = lowestCallCount(snapshot.organization);
  const least = Object.values(bound).reduce((sum, count) => sum + count, 0);
  const leastSeconds = shortestTime(snapshot.organization);
  return {
    snapshot,
    results: [
      informing(`read ${name}: calls`, calls.length, "calls"),
      informing(`read ${name}: calls that paging dictates`, least, "calls"),
      limited(`read ${name}: calls against that`, calls.length / least, "times", "lower", 1.1),
      informing(`read ${name}: calls that were throttled`, throttled.length, "calls"),
      informing(`read ${name}: time under the published rates`, seconds, "s"),
      informing(`read ${name}: time that the rates dictate`, leastSeconds, "s"),
      informing(`read ${name}: time against that`, seconds / leastSeconds, "times"),
    ],
  };
}

/** Seconds that the slowest queue takes: its calls beyond the first burst, one after the other. */
function shortestTime(organization: OrganizationState): number {
  const operations = requestRates.organizations?.operations ?? {};
  const times = Object.entries(lowestCallCount(organization)).map(([operation, count]) => {
    const published = operations[operation];
    if (published === undefined) return 0;
    const { perAccount, perOrganization = perAccount } = published;
    const rate = Math.min(perAccount.rate, perOrganization.rate);
    const burst = Math.min(perAccount.burst, perOrganization.burst);
    return Math.max(0, count - burst) / rate;
  });
  return Math.max(...times);
}
