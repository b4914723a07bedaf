import { describe, expect, it } from "vitest";
import type { Verdict } from "../core/service-coverage.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { diffCells, diffOrganization } from "./diff.ts";
import { exampleSnapshot } from "./example.ts";
import { filterMatrix } from "./filter.ts";
import { type CoveredService, coverageMatrix, type Matrix } from "./matrix.ts";
import { groupOf, summarize, totalOf } from "./summary.ts";
import { newcomers } from "./trend.ts";
import { why } from "./why.ts";

/** A service whose state says of accounts what they are; `deny` was not read. */
const service: CoveredService = {
  id: "demo",
  title: "Demo",
  regions: ["eu-west-1", "us-east-1", "me-south-1"],
  coverage: {
    cells: "region",
    read: ({ state }) => ({
      at: ({ id }, region): Verdict => {
        const found = (state as Record<string, Verdict["state"]>)[id];
        if (found === undefined) {
          return { state: "unknown", reason: "untold", evidence: [], subject: `${region}/members` };
        }
        return { state: found, reason: found, evidence: [] };
      },
    }),
  },
};
const [one, two, three] = ["100000000001", "100000000002", "100000000003"];
const regions = ["eu-west-1", "us-east-1", "me-south-1", "eu-west-2"];

function matrixOf(states: Record<string, string>, more: Partial<Snapshot> = {}, ageMs = 0): Matrix {
  const snapshot = { ...exampleSnapshot(3, { demo: states }, regions), ...more };
  const nowMs = Date.parse(snapshot.takenAt) + ageMs;
  return coverageMatrix(snapshot, [service], { nowMs, maxAgeMs: 3_600_000 });
}

const statesOf = (matrix: Matrix): readonly string[] =>
  Array.from(matrix.columns[0]?.cells ?? [], (index) => matrix.verdicts[index]?.state ?? "");

describe("the matrix", () => {
  it("tells not applicable, unknown and what was read apart", () => {
    const matrix = matrixOf({ [one]: "on", [two]: "off" });
    const rest = ["unknown", "not-applicable"]; // A Region to opt in to, and one without service.
    expect(statesOf(matrix)).toEqual([
      ...["on", "on", ...rest],
      ...["off", "off", ...rest],
      ...["unknown", "unknown", ...rest],
    ]);
  });

  it("gives the gap's reason for what was not read", () => {
    const gap = {
      kind: "access-denied",
      operation: "demo:ListMembers",
      region: "eu-west-1",
      subject: "services/demo/eu-west-1/members",
      message: "no",
    } as const;
    const matrix = matrixOf({}, { gaps: [gap] });
    const found = why(matrix, exampleSnapshot(3, {}, regions), [three, "demo", "eu-west-1"]);
    expect(found.verdict.reason).toBe("AWS denied the read: demo:ListMembers in eu-west-1");
    const other = why(matrix, exampleSnapshot(3, {}, regions), [three, "demo", "us-east-1"]);
    expect(other.verdict.reason).toBe("untold");
  });

  it("is stale when it is too old, but for what was never known", () => {
    const states = statesOf(matrixOf({ [one]: "on" }, {}, 3_600_001));
    expect(states.slice(0, 8)).toEqual([
      ...["stale", "stale", "unknown", "not-applicable"],
      ...["unknown", "unknown", "unknown", "not-applicable"],
    ]);
  });

  it("knows nothing of a service that the snapshot does not hold", () => {
    const states = statesOf(matrixOf({}, { services: {} }));
    expect(new Set(states)).toEqual(new Set(["unknown", "not-applicable"]));
  });

  it("refuses a cell that it does not have", () => {
    const matrix = matrixOf({});
    const snapshot = exampleSnapshot(3, {}, regions);
    expect(() => why(matrix, snapshot, ["nobody", "demo"])).toThrow(/no account/);
    expect(() => why(matrix, snapshot, ["account", "demo"])).toThrow(
      expect.objectContaining({ hint: "accounts of such names: Account 1, Account 2, Account 3" }),
    );
    expect(() => why(matrix, snapshot, [one, "other"])).toThrow(/no service/);
    expect(() => why(matrix, snapshot, [one, "demo", "eu-west-9"])).toThrow(/not in the matrix/);
  });
});

describe("the calls that a cell rests on", () => {
  const operation = "demo:Describe";
  const calls = [one, two, three].map((id, at) => [operation, id, "eu-west-1", at, id] as const);
  const asked = (value: string, account: string): readonly string[] => {
    const column: CoveredService = {
      ...service,
      coverage: {
        cells: "region",
        read: () => ({
          at: () => ({
            state: "on",
            reason: "so it is",
            evidence: [{ what: "it", value, source: operation }],
          }),
        }),
      },
    };
    const snapshot = { ...exampleSnapshot(3, { demo: {} }, regions), calls };
    const matrix = coverageMatrix(snapshot, [column], { nowMs: 0 });
    return why(matrix, snapshot, [account, "demo", "eu-west-1"]).calls.map(([, of]) => of);
  };

  it("are those of the account whose resource is named, else its own", () => {
    expect(asked(`arn:aws:demo:eu-west-1:${two}:thing/1`, three)).toEqual([two]);
    expect(asked("yes", three)).toEqual([three]);
  });
});

describe("counts", () => {
  const counts = { on: 0, partial: 0, off: 0, "not-applicable": 0, unknown: 0, stale: 0 };

  it.each([
    [{ on: 1, off: 1, unknown: 8 }, 50, 80],
    [{ unknown: 3 }, null, 100],
    [{ on: 9_999, off: 1 }, 99.9, 0],
    [{ on: 1, off: 9_999 }, 0.1, 0],
    [{ on: 2, stale: 2 }, 100, 50],
    [{ "not-applicable": 5 }, null, 0],
  ])("%o: %s covered, %s unknown", (some, covered, unknown) => {
    expect(groupOf("x", { ...counts, ...some })).toMatchObject({ covered, unknown });
  });

  it("follow filters by account, unit and Region", () => {
    const matrix = matrixOf({ [one]: "on", [two]: "off", [three]: "on" });
    const some = filterMatrix(matrix, { accounts: [one, "Account 2"], regions: ["eu-west-1"] });
    expect(totalOf(some).counts).toMatchObject({ on: 1, off: 1, unknown: 0 });
    expect(filterMatrix(matrix, { units: ["Nowhere"] }).accounts).toEqual([]);
    expect(summarize(matrix, "region").map(({ name }) => name)).toEqual(regions);
  });
});

describe("differences and newcomers", () => {
  it("names the cells that changed and the things of the organization", () => {
    const [before, after] = [matrixOf({ [one]: "on" }), matrixOf({ [one]: "off" })];
    expect(
      diffCells(before, after).map((it) => [it.account, it.region, it.before, it.after]),
    ).toEqual([
      [one, "eu-west-1", "on", "off"],
      [one, "us-east-1", "on", "off"],
    ]);
    expect(diffCells(before, before)).toEqual([]);
    const [few, many] = [exampleSnapshot(2, {}, regions), exampleSnapshot(3, {}, regions)];
    expect(diffOrganization(few, many)).toEqual([
      { kind: "accounts", id: three, name: "Account 3", change: "added", members: [] },
    ]);
    expect(diffOrganization(many, few).map(({ change }) => change)).toEqual(["removed"]);
  });

  it("says how long an account waited", () => {
    const day = 86_400_000;
    const later = { takenAt: "2026-11-03T00:00:00.000Z" };
    const us = filterMatrix(matrixOf({ [one]: "on" }), { regions: ["us-east-1"] });
    const then = filterMatrix(matrixOf({ [one]: "on", [two]: "on" }, later), {
      regions: ["us-east-1"],
    });
    const found = newcomers([us, then], 30 * day);
    expect(found.map((it) => [it.account.id, it.waitedMs / day, it.isWaiting])).toEqual([
      [one, 1, false],
      [two, 2, false],
      [three, 2, true],
    ]);
    expect(newcomers([us], day / 2)).toEqual([]);
  });
});
