import { describe, expect, test } from "vitest";
import type { Snapshot } from "../core/snapshot.ts";
import { trailsReport } from "./report.ts";
import {
  accounts,
  advanced,
  bill,
  organizationTrail,
  trailFacts,
  trailsSnapshot,
} from "./test-trails.ts";

const { Shop, Management } = accounts;

/** Groups as `names: copies kind places, source check`. */
function groups(snapshot: Snapshot): readonly string[] {
  return trailsReport(snapshot).groups.map(({ trails, copies, kind, places, money }) => {
    const names = trails.map((arn) => arn.split("/").at(-1)).join("+");
    const where = Object.entries(places).map(([id, regions]) => `${id} ${regions.join(" ")}`);
    return `${names}: ${copies} ${kind}, ${where.join(", ")}: ${money.source} ${money.check}`;
  });
}

function withShop(...local: readonly ReturnType<typeof trailFacts>[]): Snapshot {
  return trailsSnapshot({ trails: [organizationTrail()], local: { [Shop]: local } });
}

const only = (ReadWriteType: string) => ({ selectors: { EventSelectors: [{ ReadWriteType }] } });

describe("groups", () => {
  test("are of the places where trails take the same, and of no others", () => {
    expect(groups(withShop(trailFacts("own", "Shop")))).toEqual([
      `organization+own: 2 management, ${Shop} eu-central-1: unknown unchecked`,
    ]);
  });

  test("are not of trails that take different events, or are stopped", () => {
    const trails = [organizationTrail("reads", only("ReadOnly"))];
    const local = {
      [Shop]: [
        trailFacts("writes", "Shop", only("WriteOnly")),
        trailFacts("off", "Shop", { logging: false }),
      ],
    };
    expect(groups(trailsSnapshot({ trails, local }))).toEqual([]);
  });

  test("are of all accounts where the organization has two trails", () => {
    const trails = [organizationTrail("first"), organizationTrail("second")];
    const [found] = trailsReport(trailsSnapshot({ trails })).groups;
    expect(Object.keys(found?.places ?? {}).sort()).toEqual(Object.values(accounts));
    expect(found).toMatchObject({ copies: 2, free: 1, isUniform: true });
  });

  test("tell classes apart by what selectors leave out", () => {
    const selectors = {
      EventSelectors: [{ ExcludeManagementEventSources: ["kms.amazonaws.com"] }],
    };
    const report = trailsReport(withShop(trailFacts("own", "Shop", { selectors })));
    expect(report.groups[0]).toMatchObject({ isUniform: false, copies: 2 });
    expect(report.groups[0]?.classes.map(({ what }) => what)).toEqual([
      "management events that read, but those of kms.amazonaws.com",
      "management events that write, but those of kms.amazonaws.com",
    ]);
    expect(report.trails[0]?.removal).toMatchObject({ verdict: "keep" });
    expect(report.trails[1]?.removal).toMatchObject({ verdict: "possible" });
  });

  test("are of data events too, of which no copy is free", () => {
    const data = advanced({ eventCategory: ["Data"], "resources.type": ["AWS::S3::Object"] });
    const selectors = { AdvancedEventSelectors: [data] };
    const snapshot = trailsSnapshot({
      trails: [organizationTrail("first", { selectors })],
      local: { [Shop]: [trailFacts("own", "Shop", { selectors })] },
      usage: bill("Shop EUC1-DataEventsRecorded 2000000"),
    });
    const [found] = trailsReport(snapshot).groups;
    expect(found).toMatchObject({ kind: "data", free: 0, copies: 2 });
    expect(found?.money).toMatchObject({ source: "estimate", amount: 1 });
  });
});

describe("money", () => {
  const own = trailFacts("own", "Shop");
  const of = (...lines: readonly string[]) =>
    trailsReport(
      trailsSnapshot({
        trails: [organizationTrail()],
        local: { [Shop]: [own] },
        usage: bill(...lines),
      }),
    );

  test("is the bill's, which agrees with the trails", () => {
    const {
      groups: [found],
      bill: sums,
      unexplained,
    } = of("Shop EUC1-FreeEventsRecorded 5000000", "Shop EUC1-PaidEventsRecorded 5000000");
    expect(found?.money).toMatchObject({ amount: 100, source: "bill", check: "agrees" });
    expect(sums).toMatchObject({ copies: 100, explained: 100 });
    expect(unexplained).toEqual([]);
  });

  test("is incomplete where the bill has more than the trails explain", () => {
    const {
      groups: [found],
    } = of("Shop EUC1-FreeEventsRecorded 1000000", "Shop EUC1-PaidEventsRecorded 2000000");
    expect(found?.money).toMatchObject({ amount: 40, check: "incomplete", fromNowOn: 20 });
  });

  test("says what a trail that is new will cost", () => {
    const report = trailsReport(
      trailsSnapshot({
        trails: [organizationTrail()],
        local: { [Shop]: [{ ...own, startedLogging: "2026-11-05T00:00:00.000Z" }] },
        usage: bill("Shop EUC1-FreeEventsRecorded 5000000"),
      }),
    );
    expect(report.groups[0]?.money).toMatchObject({
      amount: 0,
      check: "incomplete",
      fromNowOn: 100,
    });
    expect(report.groups[0]?.money.checkWhy).toContain("own began to log on 2026-11-05");
  });

  test("names accounts that paid where no second trail was seen", () => {
    const report = of("Dev USE1-PaidEventsRecorded 100000", "Logs XYZ9-PaidEventsRecorded 5");
    expect(report.unexplained).toMatchObject([
      { name: "Logs", regions: [], elsewhere: ["a Region that the bill does not name"] },
      { name: "Dev", regions: ["us-east-1"], elsewhere: [] },
    ]);
    const far = of("Dev USW2-PaidEventsRecorded 100000").unexplained;
    expect(far).toMatchObject([{ name: "Dev", regions: [], elsewhere: ["us-west-2"] }]);
  });

  test("is an estimate by events of logs where there is no bill, and says so", () => {
    const line = { account: Shop, region: "eu-central-1", source: "s3.amazonaws.com" } as const;
    const counts = {
      days: 3,
      lines: [
        { ...line, access: "read", events: 90_000 },
        { ...line, access: "write", events: 10_000 },
        { ...line, access: "write", events: 10_000, region: "us-east-1" },
      ],
    } as const;
    const {
      groups: [found],
    } = trailsReport(withShop(own), { counts });
    expect(found?.money).toMatchObject({ amount: 20, source: "estimate", pricesOf: "2024-10-01" });
  });

  test("is unknown without either, and the reason is said", () => {
    const gap = {
      kind: "access-denied",
      operation: "ce:GetCostAndUsage",
      subject: "services/cloudtrail/usage",
      message: "no.",
    } as const;
    const state = { trails: [organizationTrail()], local: { [Shop]: [own] } };
    const {
      groups: [found],
      noBill,
    } = trailsReport(trailsSnapshot(state, { gaps: [gap] }));
    expect(found?.money).toMatchObject({ amount: null, source: "unknown" });
    expect(noBill).toBe("ce:GetCostAndUsage gave no answer (access-denied: no)");
  });
});

describe("removal", () => {
  const verdictOf = (snapshot: Snapshot, name: string) =>
    trailsReport(snapshot).trails.find((one) => one.name === name)?.removal;

  test.each([
    ["has delivered nothing for hours", { latestDelivery: "2026-11-20T09:00:00.000Z" }],
    ["cannot deliver", { latestDeliveryError: "AccessDenied" }],
  ])("has no advice where the other trail %s", (_, change) => {
    const trails = [organizationTrail("organization", change)];
    const local = { [Shop]: [trailFacts("own", "Shop")] };
    expect(verdictOf(trailsSnapshot({ trails, local }), "own")).toMatchObject({
      verdict: "unverified",
    });
  });

  test("takes a Region without events for one that has nothing to deliver", () => {
    const trails = [
      organizationTrail("organization", {
        regionStatus: {
          "us-east-1": { logging: true, latestDelivery: "2026-11-01T00:00:00.000Z" },
        },
      }),
    ];
    const local = { [Shop]: [trailFacts("own", "Shop", { homeRegion: "us-east-1" })] };
    expect(verdictOf(trailsSnapshot({ trails, local }), "own")?.verdict).toBe("unverified");
    const usage = bill("Shop EUC1-FreeEventsRecorded 1000");
    expect(verdictOf(trailsSnapshot({ trails, local, usage }), "own")?.verdict).toBe("possible");
  });

  test("has no advice where nothing was seen to deliver, however idle the Region", () => {
    const never = trailFacts("own", "Shop");
    const local = { [Shop]: [never] };
    const usage = bill();
    for (const change of [
      { latestDelivery: "2026-11-01T00:00:00.000Z", regionStatus: {} },
      { latestDeliveryError: "AccessDenied" },
    ]) {
      const trails = [organizationTrail("organization", change)];
      const found = verdictOf(trailsSnapshot({ trails, local, usage }), "own");
      expect(found?.verdict).toBe("unverified");
    }
  });

  test("has no advice on a trail of all Regions while it takes events where nobody looked", () => {
    const local = {
      [Shop]: [
        trailFacts("own", "Shop", {}, { IsMultiRegionTrail: true }),
        trailFacts("other", "Shop", {}, { IsMultiRegionTrail: true }),
      ],
    };
    const of = (...lines: string[]) =>
      verdictOf(
        trailsSnapshot({ trails: [organizationTrail()], local, usage: bill(...lines) }),
        "own",
      );
    expect(of("Shop EUC1-FreeEventsRecorded 1000")).toMatchObject({ verdict: "possible" });
    expect(of("Shop USW2-FreeEventsRecorded 1000")).toMatchObject({
      verdict: "unverified",
      why: expect.stringContaining("nobody looked at us-west-2"),
    });
    // What others do there says nothing of this account, nor do data events.
    expect(of("Dev USW2-FreeEventsRecorded 1", "Shop USW2-DataEventsRecorded 1")).toMatchObject({
      verdict: "possible",
    });
    const unbilled = verdictOf(trailsSnapshot({ trails: [organizationTrail()], local }), "own");
    expect(unbilled?.open[0]).toMatch(/deliver where nobody looked\? Only eu-central-1/);
  });

  test("keeps a trail of all Regions, and the organization's, where only narrower ones are", () => {
    const wide = { IsMultiRegionTrail: true };
    const regions = ["eu-central-1", "us-east-1"];
    const narrow = regions.map((homeRegion, index) =>
      trailFacts(`narrow-${index}`, "Management", { homeRegion }),
    );
    const management = [trailFacts("wide", "Management", {}, wide), ...narrow];
    const why = "what else takes management events that read is of one account or one Region alone";
    expect(verdictOf(trailsSnapshot({ trails: management }), "wide")).toMatchObject({
      verdict: "keep",
      why: expect.stringContaining(why),
    });
    const own = (name: keyof typeof accounts) => [trailFacts(name, name, {}, wide)];
    const everywhere = trailsSnapshot({
      trails: [organizationTrail(), ...own("Management")],
      local: {
        [accounts.Logs]: own("Logs"),
        [accounts.Shop]: own("Shop"),
        [accounts.Dev]: own("Dev"),
      },
    });
    expect(verdictOf(everywhere, "organization")).toMatchObject({ verdict: "keep" });
    expect(verdictOf(everywhere, "Shop")).toMatchObject({ verdict: "possible" });
  });

  test("keeps a trail that alone takes data events, and names what is lost with it", () => {
    const data = advanced({ eventCategory: ["Data"], "resources.type": ["AWS::S3::Object"] });
    const selectors = {
      AdvancedEventSelectors: [advanced({ eventCategory: ["Management"] }), data],
    };
    const own = trailFacts("own", "Shop", { selectors, insights: ["ApiCallRateInsight"] });
    expect(verdictOf(withShop(own), "own")).toMatchObject({
      verdict: "keep",
      why: expect.stringContaining("data events of AWS::S3::Object in Shop"),
      loses: [expect.stringContaining("ApiCallRateInsight")],
    });
  });
});

describe("what is not known", () => {
  test("is said of members that were not asked", () => {
    const snapshot = trailsSnapshot({ trails: [organizationTrail()] }, { tier: "full" });
    expect(trailsReport(snapshot).unknown).toEqual([
      expect.stringContaining("own trails of 3 member accounts"),
    ]);
  });

  test("is said of a member that denied, with the reason", () => {
    const subject = `services/cloudtrail/local/${Shop}`;
    const gap = {
      kind: "access-denied",
      operation: "sts:AssumeRole",
      subject,
      message: "x",
    } as const;
    const { Logs, Dev } = accounts;
    const state = { trails: [organizationTrail()], local: { [Logs]: [], [Dev]: [] } };
    expect(trailsReport(trailsSnapshot(state, { gaps: [gap] })).unknown).toEqual([
      `own trails of Shop (${Shop}): sts:AssumeRole gave no answer (access-denied: x)`,
    ]);
  });

  test("is one line for members that gave the same answer, each with its own id", () => {
    const { Logs, Dev } = accounts;
    const gaps = [Logs, Shop].map((id) => ({
      kind: "access-denied" as const,
      operation: "sts:AssumeRole",
      subject: `services/cloudtrail/local/${id}`,
      message: `not arn:aws:iam::${id}:role/Access`,
    }));
    const state = { trails: [organizationTrail()], local: { [Dev]: [] } };
    const [line, ...more] = trailsReport(trailsSnapshot(state, { gaps })).unknown;
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^own trails of Logs \(\d+\), Shop \(\d+\): sts:AssumeRole gave no answer/,
    );
  });

  test("is never taken for a trail that is stopped or good", () => {
    const { logging: _, selectors: __, ...dark } = organizationTrail();
    const report = trailsReport(trailsSnapshot({ trails: [dark] }));
    expect(report.trails[0]).toMatchObject({ status: "unknown", events: null, faults: [] });
    expect(report.unknown).toHaveLength(2);
  });

  test("is all, where nothing of CloudTrail was read", () => {
    const { services: _, ...bare } = trailsSnapshot({});
    expect(trailsReport(bare).unknown).toEqual([
      expect.stringContaining("trails of the organization"),
    ]);
  });
});

test("a trail that fails in one Region alone is failing, and says where", () => {
  const regionStatus = { "us-east-1": { logging: true, latestDeliveryError: "AccessDenied" } };
  const trails = [organizationTrail("organization", { regionStatus })];
  const [row] = trailsReport(trailsSnapshot({ trails })).trails;
  expect(row).toMatchObject({ status: "failing", error: "AccessDenied in us-east-1" });
  expect(row?.account).toBe(Management);
});
