/**
 * One step of measuring `orgrail impact`, in a process of its own: `impact-child make LOGS LAKE MONTHS`
 * makes a lake, `impact-child lake LAKE` asks it, `impact-child keys EVENTS` replays keys. Prints one
 * line of JSON.
 */
import { isMainThread } from "node:worker_threads";
import {
  type CallColumn,
  type CallGroups,
  callColumns,
  type TextColumn,
} from "../../src/core/call-groups.ts";
import { iamActions } from "../../src/data/iam-actions.gen.ts";
import { replayLake } from "../../src/engine/replay-calls.ts";
import { policyOf } from "../../src/impact/chains.ts";
import { withChanges } from "../../src/impact/changed-organization.ts";
import { createImpact, type Impact } from "../../src/impact/impact.ts";
import { openLakeQuery } from "../../src/logs/duckdb/open-lake-query.ts";
import { ingest } from "../../src/logs/lake/ingest.ts";
import { openLake, openWritableLake } from "../../src/logs/lake/lake.ts";
import { fileSource } from "../../src/logs/source/file-source.ts";
import { type IamFacts, iamFacts } from "../../src/policy/iam-facts.ts";
import { benchPolicy, impactOrganization, regionGuard } from "./impact-organization.ts";
import { calls, createChoices, createRandom } from "./log-calls.ts";
import { repeatMonths } from "./repeat-months.ts";

/** What a child measured. */
export interface ImpactMeasured {
  readonly events: number;
  readonly keys: number;
  readonly rows: number;
  /** Of each new candidate; the first is the process's first question. */
  readonly milliseconds: readonly number[];
  /** The same in time of the processor, which a busy machine disturbs less. */
  readonly cpuMilliseconds: readonly number[];
  readonly mostMemory: number;
}

const regions = ["us-east-1", "eu-west-1", "us-west-2", "eu-central-1", "ap-southeast-2"];

function impactOf(accounts: readonly string[], document: object, facts: IamFacts): Impact {
  const organization = impactOrganization(accounts);
  const policy = policyOf(benchPolicy("p-candidate", document, []));
  if (policy === undefined) throw new Error("the candidate cannot be understood");
  const change = { kind: "attach", target: "r-ab12", policyId: "candidate", policy } as const;
  return createImpact({ organization, after: withChanges(organization, [change]), facts });
}

/** Each candidate is new: it lets other Regions and roles through. */
function candidateOf(round: number): object {
  const kept = regions.filter(
    (_, index) => index % 5 !== round % 5 && index % 5 !== (round + 2) % 5,
  );
  return regionGuard(kept, `app${round % 10}*`);
}

/** Makes a lake of logs, whose callers go on for so many months. */
async function makeLake(logs: string, folder: string, months: number): Promise<ImpactMeasured> {
  const unlocked = async (): Promise<{ release: () => Promise<void> }> => ({
    release: async () => undefined,
  });
  const lake = await openWritableLake(folder, unlocked);
  const { counts } = await ingest(lake, fileSource(logs, {}), { threads: 2 });
  if (months > 1) await repeatMonths(lake, months);
  await lake.close();
  const none = { rows: 0, milliseconds: [], cpuMilliseconds: [] };
  return { events: counts.events * months, keys: 0, ...none, mostMemory: memory() };
}

async function ofLake(folder: string): Promise<ImpactMeasured> {
  const made = await openLake(folder);
  const accounts = new Set<string>();
  let keys = 0;
  for await (const { events, keys: file } of made.commits()) {
    for (const { account } of events) accounts.add(account);
    keys += file?.rows ?? 0;
  }
  const facts = iamFacts(iamActions);
  const milliseconds: number[] = [];
  const cpuMilliseconds: number[] = [];
  let found = { events: 0, rows: 0 };
  for (let round = 0; round < 20; round++) {
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    const lake = await openLake(folder);
    const impact = impactOf([...accounts].sort(), candidateOf(round), facts);
    const { events, readRecords } = await replayLake([impact], lake, {
      openQuery: () => openLakeQuery(lake),
    });
    const { rows } = impact.report();
    milliseconds.push(performance.now() - startedAt);
    cpuMilliseconds.push(cpuSince(cpuBefore));
    if (readRecords) throw new Error("a Region guard needs no records");
    found = { events, rows: rows.length };
  }
  return { ...found, keys, milliseconds, cpuMilliseconds, mostMemory: memory() };
}

/** Groups of calls as a large organization's lake has them: the texts are few, their pairs many. */
function groupMaker(accounts: readonly string[]): (size: number) => CallGroups {
  const { below, skewed } = createChoices(createRandom(7));
  const principals = accounts.flatMap((account) =>
    Array.from({ length: 400 }, (_, role) => `arn:aws:iam::${account}:role/app${role}`),
  );
  const texts: Readonly<Record<CallColumn, readonly string[]>> = {
    recipientAccountId: accounts,
    awsRegion: regions,
    eventSource: calls.map(({ service }) => `${service}.amazonaws.com`),
    eventName: calls.map(({ name }) => name),
    eventType: ["AwsApiCall"],
    eventCategory: ["Management"],
    identityType: ["AssumedRole"],
    principal: principals,
    principalAccountId: accounts,
    invokedBy: ["cloudformation.amazonaws.com"],
    errorClass: ["none", "denied", "other"],
  };
  const held = Object.fromEntries(
    callColumns.map((column) => [column, ["", ...texts[column]]]),
  ) as unknown as Record<CallColumn, readonly string[]>;
  return (size) => {
    const ids = Object.fromEntries(
      callColumns.map((column) => [column, new Int32Array(size).fill(1)]),
    ) as Record<CallColumn, Int32Array>;
    const first = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      const account = 1 + skewed(accounts.length);
      const call = 1 + below(calls.length);
      ids.recipientAccountId[row] = account;
      ids.principalAccountId[row] = account;
      ids.principal[row] = (account - 1) * 400 + 1 + skewed(400);
      ids.awsRegion[row] = 1 + skewed(regions.length);
      ids.eventSource[row] = call;
      ids.eventName[row] = call;
      ids.invokedBy[row] = below(5) === 0 ? 1 : 0;
      ids.errorClass[row] = below(50) === 0 ? 2 : 1;
      first[row] = 1_780_000_000_000 + below(7_776_000) * 1_000;
    }
    const columns = Object.fromEntries(
      callColumns.map((column) => [column, { ids: ids[column], texts: held[column] }]),
    ) as Record<CallColumn, TextColumn>;
    return {
      size,
      texts: columns,
      counts: new Float64Array(size).fill(eventsOfKey),
      first,
      last: first,
    };
  };
}

/** So many events a key, a little fewer than the keys of generated logs have. */
const eventsOfKey = 4;

function ofKeys(events: number): ImpactMeasured {
  const accounts = Array.from({ length: 60 }, (_, index) => String(200_000_000_000 + index));
  const make = groupMaker(accounts);
  const impact = impactOf(accounts, candidateOf(0), iamFacts(iamActions));
  const stretch = 1_000_000;
  let milliseconds = 0;
  let cpuMilliseconds = 0;
  const keys = Math.ceil(events / eventsOfKey);
  for (let left = keys; left > 0; left -= stretch) {
    const groups = make(Math.min(left, stretch));
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    impact.addGroups(groups);
    milliseconds += performance.now() - startedAt;
    cpuMilliseconds += cpuSince(cpuBefore);
  }
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { rows, coverage } = impact.report();
  milliseconds += performance.now() - startedAt;
  cpuMilliseconds += cpuSince(cpuBefore);
  if (coverage.all.calls !== keys * eventsOfKey)
    throw new Error(`${coverage.all.calls} events were replayed`);
  return {
    events,
    keys,
    rows: rows.length,
    milliseconds: [milliseconds],
    cpuMilliseconds: [cpuMilliseconds],
    mostMemory: memory(),
  };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The most memory of the process until now, in bytes. */
function memory(): number {
  return process.resourceUsage().maxRSS * 1_024;
}

// This module is also loaded by the threads that read logs: they measure nothing.
if (isMainThread) {
  const [figure, first = "", second = "", third = "1"] = process.argv.slice(2);
  const measured =
    figure === "make"
      ? await makeLake(first, second, Number(third))
      : figure === "lake"
        ? await ofLake(first)
        : ofKeys(Number(first));
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}
