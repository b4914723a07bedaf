import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { KeptAnswer } from "../../src/engine/collect-recorder.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { disabledRegion, ids } from "../contract/contract-world.ts";
import { cliHost } from "../support/cli-host.ts";
import { blocks, enabled } from "./coverage-world.ts";

/** How many crashes are tried; every one with `ORGRAIL_ALL_CRASHES`. */
const crashes = process.env.ORGRAIL_ALL_CRASHES === undefined ? 3 : Number.POSITIVE_INFINITY;

let healthy: Sandbox;
let folder: string;
const regions = ["eu-central-1", "us-east-1", disabledRegion];
const asked = [
  ...["--tier", "inside", "--service", "guardduty"],
  ...regions.flatMap((name) => ["--governed-region", name]),
];

beforeAll(async () => {
  healthy = await enabled("guardduty", blocks.guardduty ?? {});
  folder = await mkdtemp(join(tmpdir(), "orgrail-faults-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

async function orgrail(sandbox: Sandbox, argv: readonly string[], name: string): Promise<Ran> {
  const inner = sandbox.requestHandler();
  let isDead = false;
  // The process dies as a whole: nothing that is under way comes to an end.
  const never = new Promise<never>(() => undefined);
  void sandbox.crashed.then(() => {
    isDead = true;
  });
  const requestHandler: typeof inner = {
    ...inner,
    handle: async (request, options) => {
      if (isDead) return never;
      const answer = await inner.handle(request, options);
      return isDead ? never : answer;
    },
  };
  const host = {
    ...cliHost({ cwd: folder }),
    clock: sandbox.clock,
    inPlaceOfAws: { requestHandler, credentials: sandbox.credentials },
  };
  const place = argv[0] === "collect" ? ["--out", name] : ["--snapshot", name];
  const exit = await main([...argv, ...place, "--quiet"], host);
  return { exit, out: host.out(), err: host.err() };
}

/** What was recorded before the crash, a line a call. */
async function recordedIn(name: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, `${name}.partial`), "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(1, -1)
    .flatMap((line) => {
      const { operation, account, region, pages } = JSON.parse(line) as KeptAnswer;
      return Array.from(
        { length: Math.max(1, pages.length) },
        () => `${operation} ${account} ${region}`,
      );
    });
}

/** Cells as `account region`, by their states. */
async function cellsBy(sandbox: Sandbox, name: string): Promise<Record<string, readonly string[]>> {
  const { out } = await orgrail(sandbox, ["coverage", "--service", "guardduty", "--json"], name);
  const { cells } = JSON.parse(out).result as {
    cells: readonly { name: string; region: string; state: string; reason: string }[];
  };
  const by: Record<string, string[]> = {};
  for (const { name: account, region, state } of cells) {
    by[state] ??= [];
    by[state].push(`${account} ${region}`);
  }
  return by;
}

describe("a collect with faults", () => {
  it("reads what is on, and what cannot be", async () => {
    const sandbox = healthy.copy();
    expect(await orgrail(sandbox, ["collect", ...asked], "healthy.json")).toMatchObject({
      exit: 0,
      err: "",
    });
    const found = await cellsBy(sandbox, "healthy.json");
    // Every state but those of trouble: a suspended account, a Region that is not enabled.
    expect(Object.keys(found).toSorted()).toEqual(["not-applicable", "on"]);
    expect(found["not-applicable"]).toContain("Gone eu-central-1");
    expect(found["not-applicable"]).toContain(`Shop ${disabledRegion}`);
    expect(found.on).toContain("Management eu-central-1");
  }, 60_000);

  it.each<[string, Fault, readonly string[]]>([
    [
      "an account that denies everything",
      { name: "accessDenied", account: ids.Audit ?? "", service: "guardduty", region: "us-east-1" },
      ["access-denied"],
    ],
    [
      "a Region that is down",
      { name: "serverError", service: "guardduty", region: "us-east-1" },
      ["failed"],
    ],
    [
      "a Region that does not answer",
      { name: "connectionReset", service: "guardduty", region: "us-east-1" },
      ["timeout"],
    ],
    [
      "endless throttling in a Region",
      { name: "throttle", service: "guardduty", region: "us-east-1" },
      ["throttled"],
    ],
  ])(
    "takes %s for a gap, and reads the rest",
    async (_, fault, kinds) => {
      const sandbox = healthy.copy();
      sandbox.faults.add(fault);
      const ran = await orgrail(sandbox, ["collect", ...asked], "faulty.json");
      expect(ran.exit).toBe(3);
      expect(ran.out).toContain("partial: ");
      const again = await orgrail(sandbox, ["collect", ...asked, "--json"], "faulty.json");
      const { gaps } = JSON.parse(again.out) as { gaps: readonly { kind: string }[] };
      expect([...new Set(gaps.map(({ kind }) => kind))]).toEqual(kinds);
      sandbox.faults.clear();
      const [was, now] = [
        await cellsBy(sandbox, "healthy.json"),
        await cellsBy(sandbox, "faulty.json"),
      ];
      expect(now.off ?? []).toEqual([]);
      expect(now.partial ?? []).toEqual([]);
      expect(now["not-applicable"]).toEqual(was["not-applicable"]);
      const lost = (was.on ?? []).filter((place) => !(now.on ?? []).includes(place));
      expect(lost.length).toBeGreaterThan(0);
      expect(lost.every((place) => place.endsWith("us-east-1"))).toBe(true);
      expect(now.unknown?.toSorted()).toEqual(lost.toSorted());
    },
    60_000,
  );

  it("is slowed by throttling that ends, and loses nothing", async () => {
    const sandbox = healthy.copy();
    sandbox.faults.add({ name: "throttle", service: "guardduty", probability: 0.4 });
    const ran = await orgrail(sandbox, ["collect", ...asked], "throttled.json");
    expect(ran.err).toBe("");
    expect(ran.exit).toBe(0);
    sandbox.faults.clear();
    expect(await cellsBy(sandbox, "throttled.json")).toEqual(
      await cellsBy(sandbox, "healthy.json"),
    );
  }, 60_000);

  it("goes on after a crash at any call, and repeats none that was answered", async () => {
    const whole = healthy.copy();
    const before = whole.calls.length;
    await orgrail(whole, ["collect", ...asked], "whole.json");
    const total = whole.calls.length - before;
    const wanted = await cellsBy(whole, "whole.json");
    const step = Math.max(1, Math.floor(total / crashes));
    const counts = (calls: readonly string[]): Map<string, number> => {
      const found = new Map<string, number>();
      for (const call of calls) found.set(call, (found.get(call) ?? 0) + 1);
      return found;
    };
    const names = (calls: Sandbox["calls"]): readonly string[] =>
      calls
        // Sessions are each process's own.
        .filter(({ service }) => service !== "sts")
        .map((call) => `${call.service}:${call.operation} ${call.account} ${call.region}`);
    const most = counts(names(whole.calls.slice(before, before + total)));
    for (let nth = 1; nth <= total; nth += step) {
      const sandbox = healthy.copy();
      const name = `crash-${nth}.json`;
      sandbox.faults.add({ name: "crash", nth });
      await Promise.race([orgrail(sandbox, ["collect", ...asked], name), sandbox.crashed]);
      sandbox.faults.clear();
      const recorded = counts(await recordedIn(name));
      const between = sandbox.calls.length;
      const resumed = await orgrail(sandbox, ["collect", ...asked], name);
      expect({ nth, exit: resumed.exit, err: resumed.err }).toEqual({ nth, exit: 0, err: "" });
      expect(await cellsBy(sandbox, name)).toEqual(wanted);
      const repeated = [...counts(names(sandbox.calls.slice(between)))].filter(
        ([call, times]) => times > (most.get(call) ?? 0) - (recorded.get(call) ?? 0),
      );
      expect({ nth, repeated }).toEqual({ nth, repeated: [] });
    }
  }, 120_000);
});
