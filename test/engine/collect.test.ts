import { describe, expect, it } from "vitest";
import type { RequestHandler } from "../../src/aws/clients.ts";
import { requestRates } from "../../src/data/request-rates.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { lowestCallCount } from "../../src/engine/lowest-call-count.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";
import { type Sketch, snapshotOf } from "../plan/builders.ts";
import { connect, original, read } from "./connect.ts";

/** An organization of some pages: 3 levels, 240 accounts, 50 policies. */
function large(): Sketch {
  const units = Array.from({ length: 4 }, (_, i) => `Unit${i}`);
  const below = units.flatMap((unit) => Array.from({ length: 9 }, (_, i) => `${unit}/Team${i}`));
  const places = [...units, ...below, `${below[0]}/Inner`];
  return {
    units: places,
    accounts: Array.from({ length: 240 }, (_, i) => ({
      name: `Account${i}`,
      in: places[i % places.length] ?? "",
    })),
    policies: Array.from({ length: 50 }, (_, i) => ({
      name: `Policy${i}`,
      at: [places[i % places.length] ?? "", `@Account${i}`],
    })),
    trustedAccess: Array.from({ length: 25 }, (_, i) => `service${i}.amazonaws.com`),
  };
}

describe("collectOrganization", () => {
  it("reads back just what there is", async () => {
    const snapshot = original();
    const sandbox = openSandbox({ snapshot });
    const seen = await read(sandbox);
    expect(seen.gaps).toEqual([]);
    expect(seen.caller).toMatchObject({ account: "111111111111", standing: "management" });
    const { organization } = seen;
    expect(organization.organizationalUnits).toEqual(snapshot.organization.organizationalUnits);
    expect(organization.root).toEqual(snapshot.organization.root);
    expect(organization.accounts).toEqual(snapshot.organization.accounts);
    const policies = snapshot.organization.policies?.map(({ id, targets }) => ({ id, targets }));
    // AWS lists its own policy of a type that is not enabled, too.
    expect(organization.policies).toContainEqual(
      expect.objectContaining({ id: "p-RCPFullAWSAccess", targets: [] }),
    );
    const attached = organization.policies?.filter(({ targets = [] }) => targets.length > 0);
    expect(attached?.map(({ id, targets }) => ({ id, targets }))).toEqual(policies);
    expect(organization.delegatedAdministrators).toEqual([
      { account: "200000000001", services: ["guardduty.amazonaws.com"] },
    ]);
  });

  it("makes as many calls as paging dictates, and no request is throttled", async () => {
    const sandbox = openSandbox({ snapshot: snapshotOf(large()), rates: "published" });
    const counts = new Map<string, number>();
    const outcomes = new Set<string>();
    const aws = connect(sandbox, {
      rates: requestRates,
      onCall: ({ operation, outcome }) => {
        counts.set(operation, (counts.get(operation) ?? 0) + 1);
        outcomes.add(outcome);
      },
    });
    const startedAtMs = sandbox.clock.now();
    const { organization, gaps } = await collectOrganization({ aws });
    expect(gaps).toEqual([]);
    expect(organization.accounts).toHaveLength(241);
    const bound = lowestCallCount(organization);
    for (const [operation, count] of Object.entries(bound)) {
      expect([operation, counts.get(operation) ?? 0]).toEqual([operation, count]);
    }
    expect(outcomes).not.toContain("throttled");
    // 51 documents at 2 a second are the longest queue; nothing waits behind another's.
    expect(sandbox.clock.now() - startedAtMs).toBeLessThan(30_000);
  });

  it("reads through empty pages, resets, server errors and throttling", async () => {
    const sandbox = openSandbox({ snapshot: snapshotOf(large()), rates: "published" });
    configureOrganizations(sandbox.world, { emptyPageChance: 0.3 });
    sandbox.faults.add({ name: "connectionReset", probability: 0.05 });
    sandbox.faults.add({ name: "serverError", probability: 0.05 });
    const { organization, gaps } = await collectOrganization({ aws: connect(sandbox) });
    expect(gaps).toEqual([]);
    const calm = await collectOrganization({
      aws: connect(openSandbox({ snapshot: snapshotOf(large()) })),
    });
    expect(organization).toEqual(calm.organization);
  });

  it("finds the parents where accounts tell no paths", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const aws = connect(sandbox, {}, without(sandbox, /"Paths":\[[^\]]*\],?/g));
    const seen = await read(sandbox, aws);
    expect(seen.organization).toEqual((await read(sandbox)).organization);
    expect(sandbox.calls.some(({ operation }) => operation === "ListAccountsForParent")).toBe(true);
  });

  it("knows the state of accounts in its older shape", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const aws = connect(sandbox, {}, without(sandbox, /"State":"[A-Z_]+",?/g));
    const { organization } = await read(sandbox, aws);
    expect(new Set(organization.accounts.map(({ state }) => state))).toEqual(new Set(["ACTIVE"]));
  });
});

/** A door whose answers lack what a pattern matches, as an older AWS or an emulator gives them. */
function without(sandbox: Sandbox, pattern: RegExp): RequestHandler {
  const inner = sandbox.requestHandler();
  return {
    handle: async (request, options) => {
      const { response } = await inner.handle(request, options);
      const text = Buffer.from(response.body).toString().replaceAll(pattern, "");
      response.body = Buffer.from(text.replaceAll(",}", "}"));
      return { response };
    },
  };
}
