import { createAws } from "../../src/aws/create-aws.ts";
import type { CollectTier, Snapshot } from "../../src/core/snapshot.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import { securityServices } from "../../src/services/registry.ts";
import { createJournal } from "../../src/store/journal.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import {
  type BenchOrganization,
  benchOrganization,
  homeRegion,
  type ServicesSize,
} from "./bench-organization.ts";
import { readNaively } from "./naive-collect.ts";
import { type BenchResult, informing, limited } from "./report.ts";
import { callMs, slowHandler } from "./slow-handler.ts";

/** What a tier may cost for 1,000 accounts in 17 Regions. */
const budgets = { headline: 400, full: 2_500 } as const;

/** Accounts of which the naive way is really gone; all accounts are alike. */
const naiveSample = 25;

/** Reads that collect has under way at once; the naive way is given as many. */
const collectReads = 48;
/** By what time is measured. */
const within = `published rates and ${callMs} ms a call`;

/** Reads an organization in which everything is on, by tiers and the naive way. */
export async function collectFigures(size: ServicesSize): Promise<BenchResult[]> {
  const organization = await benchOrganization(size);
  await enableEverything(organization);
  const headline = await measure(organization, "headline");
  const full = await measure(organization, "full");
  const sample = Math.min(naiveSample, size.accounts);
  const serial = await readNaively(organization, sample, 1);
  const parallel = await readNaively(organization, sample, collectReads);
  const forAll = (amount: number): number => (amount / sample) * size.accounts;
  const naiveCalls = forAll(serial.calls);
  return [
    informing("accounts", size.accounts, "accounts"),
    informing("Regions", organization.governed.length, "Regions"),
    ...headline.results,
    ...full.results,
    informing("naive: accounts that were really read", sample, "accounts"),
    informing("naive: calls for them", serial.calls, "calls"),
    informing("naive: calls for all accounts", naiveCalls, "calls"),
    informing(`naive: time for all, ${within}, one after another`, forAll(serial.seconds), "s"),
    informing(
      `naive: time for all, ${within}, ${collectReads} at once as collect`,
      forAll(parallel.seconds),
      "s",
    ),
    informing("naive calls against full", naiveCalls / full.calls, "times"),
    informing("naive calls against headline", naiveCalls / headline.calls, "times"),
    informing(
      "naive time against full, both at once",
      forAll(parallel.seconds) / full.seconds,
      "times",
    ),
  ];
}

/** Applies the file that wants everything, and waits a day. */
export async function enableEverything({
  sandbox,
  aws,
  desired,
  services,
  governed,
}: BenchOrganization): Promise<void> {
  const collected = await collectOrganization(
    { aws },
    {
      services: {
        services: services.map((service) => ({
          service,
          block: desired.services?.[service.id]?.block ?? {},
        })),
        homeRegion,
        governedRegions: governed,
        names: ({ accounts }) => new Map(accounts.map(({ name, id }) => [name, id])),
      },
    },
  );
  const made = plan(
    desired,
    collected,
    services.map(({ planner }) => planner),
  );
  const at = new Date(sandbox.clock.now()).toISOString();
  const journal = await createJournal(memoryStorage(), made, at);
  const { outcomes } = await applyPlan({ aws }, made, { journal, concurrency: 64 });
  const failed = outcomes.find(({ status }) => status !== "done" && status !== "already");
  if (failed !== undefined) throw new Error(`${failed.change.id}: ${failed.message}`);
  sandbox.clock.advance(86_400_000);
}

async function measure(
  { sandbox, governed }: BenchOrganization,
  tier: "headline" | "full",
): Promise<{ calls: number; seconds: number; results: BenchResult[] }> {
  sandbox.clock.advance(3_600_000);
  const aws = createAws({
    clock: sandbox.clock,
    credentials: sandbox.credentials,
    requestHandler: slowHandler(sandbox.requestHandler(), sandbox.clock),
    random: () => 0.5,
  });
  const soFar = sandbox.calls.length;
  const startedAtMs = sandbox.clock.now();
  const startedAt = performance.now();
  const snapshot = await collectTier(aws, governed, tier);
  const seconds = (sandbox.clock.now() - startedAtMs) / 1_000;
  const wall = (performance.now() - startedAt) / 1_000;
  const made = sandbox.calls.slice(soFar);
  const throttled = made.filter(({ outcome }) => /Throttl|TooManyRequests/.test(outcome));
  const [gap] = snapshot.gaps;
  if (gap !== undefined) throw new Error(JSON.stringify(gap));
  const counts = new Map<string, number>();
  for (const { service } of made) counts.set(service, (counts.get(service) ?? 0) + 1);
  return {
    calls: made.length,
    seconds,
    results: [
      limited(`${tier}: calls`, made.length, "calls", "lower", budgets[tier]),
      ...[...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([service, count]) => informing(`${tier}: ${service}`, count, "calls")),
      informing(`${tier}: calls that were throttled`, throttled.length, "calls"),
      informing(`${tier}: time, ${within}`, seconds, "s"),
      informing(`${tier}: wall time of the simulation`, wall, "s"),
    ],
  };
}

/** As `orgrail collect --tier` does. */
export async function collectTier(
  aws: ReturnType<typeof createAws>,
  governedRegions: readonly string[],
  tier: CollectTier,
): Promise<Snapshot> {
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  return collectOrganization(
    { aws },
    {
      services: {
        services: services.map((service) => ({ service })),
        homeRegion,
        governedRegions,
        tier,
      },
    },
  );
}
