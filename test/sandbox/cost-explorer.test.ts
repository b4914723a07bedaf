import { CostExplorerClient, GetCostAndUsageCommand } from "@aws-sdk/client-cost-explorer";
import { beforeEach, describe, expect, test } from "vitest";
import { setActivity, setCostData } from "../../src/services/ce/sandbox/activity.ts";
import { type TrailRecord, trailsSlot } from "../../src/services/cloudtrail/sandbox/state.ts";
import { assume, type Keys, type Organized, organized } from "./sandbox-harness.ts";

const dayMs = 86_400_000;
let world: Organized;
let member: string;
let management: string;

function client(keys: Keys): CostExplorerClient {
  const requestHandler = world.sandbox.requestHandler();
  return new CostExplorerClient({
    region: "us-east-1",
    credentials: keys,
    maxAttempts: 1,
    requestHandler,
  });
}

/** Puts a trail that logs since 60 days ago. */
function plant(name: string, change: Partial<TrailRecord> = {}): TrailRecord {
  const account = change.account ?? management;
  const trail: TrailRecord = {
    name,
    arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`,
    account,
    homeRegion: "us-east-1",
    settings: {
      bucket: "logs",
      globalServiceEvents: true,
      multiRegion: false,
      validation: true,
      organization: true,
    },
    insightSelectors: [],
    logging: true,
    startedAt: world.sandbox.clock.now() - 60 * dayMs,
    tags: new Map(),
    ...change,
  };
  world.sandbox.world.state(trailsSlot).trails.set(trail.arn, trail);
  return trail;
}

const day = (daysAgo: number): string =>
  new Date(world.sandbox.clock.now() - daysAgo * dayMs).toISOString().slice(0, 10);

/** Usage of the 30 days before today as `ACCOUNT TYPE: events, dollars`. */
async function usage(keys: Keys): Promise<readonly string[]> {
  const lines: string[] = [];
  let NextPageToken: string | undefined;
  do {
    const answer = await client(keys).send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: day(30), End: day(0) },
        Granularity: "DAILY",
        Metrics: ["UnblendedCost", "UsageQuantity"],
        Filter: { Dimensions: { Key: "REGION", Values: ["us-east-1"] } },
        GroupBy: [
          { Type: "DIMENSION", Key: "LINKED_ACCOUNT" },
          { Type: "DIMENSION", Key: "USAGE_TYPE" },
        ],
        NextPageToken,
      }),
    );
    for (const { Groups = [] } of answer.ResultsByTime ?? []) {
      for (const { Keys: found = [], Metrics } of Groups) {
        lines.push(
          `${found.join(" ")}: ${Metrics?.UsageQuantity?.Amount}, ${Metrics?.UnblendedCost?.Amount}`,
        );
      }
    }
    NextPageToken = answer.NextPageToken;
  } while (NextPageToken !== undefined);
  return lines;
}

beforeEach(async () => {
  world = await organized();
  management = world.sandbox.managementAccount;
  member = world.member;
  for (const account of [management, member]) {
    setActivity(world.sandbox.world, account, "us-east-1", {
      management: [
        { readOnly: true, source: "other", events: 30_000 },
        { readOnly: true, source: "kms.amazonaws.com", events: 3_000 },
        { readOnly: false, source: "other", events: 300 },
      ],
      dataEvents: 0,
    });
  }
});

describe("GetCostAndUsage", () => {
  test("has the first copy for nothing, and a price for every other one", async () => {
    plant("first");
    expect(new Set(await usage(world.sandbox.credentials))).toEqual(
      new Set([management, member].map((id) => `${id} USE1-FreeEventsRecorded: 1110, 0`)),
    );
    plant("second", {
      account: member,
      settings: { ...plant("first").settings, organization: false },
    });
    const lines = await usage(world.sandbox.credentials);
    expect(lines).toContain(`${member} USE1-PaidEventsRecorded: 1110, 0.0222`);
    expect(lines.filter((line) => line.startsWith(`${management} USE1-Paid`))).toEqual([]);
  });

  test("counts what selectors let through, while the trail was logging", async () => {
    plant("first");
    plant("writes", {
      eventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }],
      startedAt: Date.parse(day(10)),
      stoppedAt: Date.parse(day(5)),
      logging: false,
    });
    const paid = (await usage(world.sandbox.credentials)).filter((line) =>
      line.startsWith(`${member} USE1-Paid`),
    );
    expect(paid).toEqual(Array(5).fill(`${member} USE1-PaidEventsRecorded: 10, 0.0002`));
  });

  test("shows a member itself alone", async () => {
    plant("first");
    const lines = await usage(await assume(world.clients, member));
    expect(lines.length).toBe(30);
    expect(lines.every((line) => line.startsWith(member))).toBe(true);
  });

  test("refuses while there is no data", async () => {
    setCostData(world.sandbox.world, false);
    await expect(usage(world.sandbox.credentials)).rejects.toMatchObject({
      name: "DataUnavailableException",
    });
  });
});
