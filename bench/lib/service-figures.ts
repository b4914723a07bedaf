import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan } from "../../src/engine/apply.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { createJournal } from "../../src/store/journal.ts";
import { fileStorage } from "../../src/store/journal-storage.ts";
import { benchOrganization, homeRegion, type ServicesSize } from "./bench-organization.ts";
import { leastWrites } from "./least-writes.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/** Between two runs of a rule of AWS Config. */
const dayMs = 86_400_000;

/**
 * Enables all services from nothing, and plans again a day later, when the organization rules of AWS
 * Config have run and prove what only accounts know. At first nothing proves it, and each account is
 * asked: that figure is printed beside.
 */
export async function serviceFigures(size: ServicesSize): Promise<BenchResult[]> {
  const { sandbox, aws, desired, services, governed } = await benchOrganization(size);
  const read = async (): Promise<{ plan: ReturnType<typeof plan>; from: Mark }> => {
    sandbox.clock.advance(3_600_000);
    const from = mark(sandbox);
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
    return { plan: made, from };
  };

  const first = await read();
  const firstReads = callsSince(sandbox, first.from);
  const errors = first.plan.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const started = mark(sandbox);
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-"));
  const journal = await createJournal(
    fileStorage(join(folder, "journal.ndjson")),
    first.plan,
    new Date(sandbox.clock.now()).toISOString(),
  );
  const applied = await applyPlan({ aws }, first.plan, { journal, concurrency: 64 });
  await journal.close();
  await rm(folder, { recursive: true });
  const failed = applied.outcomes.filter(({ status }) => status !== "done" && status !== "already");
  if (failed[0] !== undefined) {
    throw new Error(`${failed.length} failed: ${failed[0].change.id}: ${failed[0].message}`);
  }
  const applySeconds = (sandbox.clock.now() - started.atMs) / 1000;
  const writes = callsSince(sandbox, started).filter(
    ({ kind, service }) => kind === "write" && service !== "sts",
  );
  const wall = (performance.now() - startedAt) / 1000;

  sandbox.clock.advance(dayMs);
  const second = await read();
  const reads = callsSince(sandbox, second.from);
  const readSeconds = (sandbox.clock.now() - second.from.atMs) / 1000;
  const least = new Map<string, number>();
  for (const [service, count] of leastWrites(first.plan.changes)) {
    least.set(rowOf(service), (least.get(rowOf(service)) ?? 0) + count);
  }
  if (second.plan.changes.length > 0 && !process.argv.includes("--json")) {
    const left = second.plan.changes.slice(0, 5).map(({ id }) => id);
    process.stderr.write(`left: ${left.join(", ")}\n`);
  }
  return [
    informing("accounts", size.accounts, "accounts"),
    informing("Regions", governed.length, "Regions"),
    informing("services", services.length, "services"),
    informing("read for the first plan: calls", firstReads.length, "calls"),
    informing(
      "read for the first plan: of what only accounts know",
      firstReads.filter(isAskedOfAccounts).length,
      "calls",
    ),
    limited("read for a plan: calls", reads.length, "calls", "lower", 3_500),
    informing("read for a plan: time under the published rates", readSeconds, "s"),
    ...byService(reads).map(([service, count]) => informing(`read: ${service}`, count, "calls")),
    informing("enable: changes", first.plan.changes.length, "changes"),
    ...byService(writes).flatMap(([service, count]) => {
      const bound = least.get(service) ?? 0;
      return [
        informing(`enable: ${service}: writes`, count, "calls"),
        informing(`enable: ${service}: least by AWS's batch sizes`, bound, "calls"),
        limited(
          `enable: ${service}: writes against the least`,
          count / Math.max(1, bound),
          "times",
          "lower",
          1.2,
        ),
      ];
    }),
    informing("enable: time under the published rates", applySeconds, "s"),
    informing("enable: wall time of the simulation", wall, "s"),
    limited("second plan: changes", second.plan.changes.length, "changes", "lower", 0),
    limited(
      "peak resident memory",
      process.resourceUsage().maxRSS / 2 ** 10,
      "MiB",
      "lower",
      1_536,
    ),
  ];
}

/** IAM actions of settings that AWS tells to the account alone, one by one. */
const accountsOwn: ReadonlySet<string> = new Set([
  "ec2:GetEbsEncryptionByDefault",
  "iam:GetAccountPasswordPolicy",
  "s3:GetAccountPublicAccessBlock",
  "ssm:GetServiceSetting",
]);

function isAskedOfAccounts({ service, operation, actions }: Sandbox["calls"][number]): boolean {
  // A session in the account is what each of them takes besides.
  if (service === "sts" && operation === "AssumeRole") return true;
  return actions?.some((action) => accountsOwn.has(action)) ?? false;
}

interface Mark {
  readonly calls: number;
  readonly atMs: number;
}

function mark(sandbox: Sandbox): Mark {
  return { calls: sandbox.calls.length, atMs: sandbox.clock.now() };
}

function callsSince(sandbox: Sandbox, from: Mark): Sandbox["calls"] {
  return sandbox.calls.slice(from.calls);
}

/**
 * Blocks whose changes call other services too: buckets, keys, log groups, stack sets and linked
 * roles are made by those of CloudTrail, Config and IAM. They share one row.
 */
const sharing: ReadonlySet<string> = new Set([
  ...["cloudtrail", "config", "cloudformation", "iam", "s3", "s3-control", "kms", "logs"],
]);
const sharedRow = "cloudtrail, config, cloudformation, iam, s3";

function rowOf(service: string): string {
  return sharing.has(service) ? sharedRow : service;
}

function byService(calls: Sandbox["calls"]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const service = rowOf(call.service);
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
