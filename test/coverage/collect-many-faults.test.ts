import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { benchOrganization } from "../../bench/lib/bench-organization.ts";
import { enableEverything } from "../../bench/lib/collect-figures.ts";
import { main } from "../../src/cli/main.ts";
import type { Gap } from "../../src/core/read.ts";
import type { SummaryGroup } from "../../src/coverage/summary.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { readSnapshotFile } from "../../src/store/snapshot-file.ts";
import { cliHost } from "../support/cli-host.ts";

/** Services that a delegated administrator tells of, and two that only accounts themselves tell of. */
const central = ["guardduty", "access-analyzer", "cloudtrail", "inspector2"];
const own = ["s3", "ec2"];
const idOf = (index: number): string => String(200_000_000_000 + index);
/** Ten percent of thirty accounts; none is the management account, an administrator or the archive. */
const denied = [7, 14, 21].map(idOf);
const [up, down] = ["us-east-1", "ap-northeast-2"];

let healthy: Sandbox;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-many-faults-"));
  const organization = await benchOrganization({ accounts: 30, regions: 2 }, [...central, "s3"]);
  await enableEverything(organization);
  healthy = organization.sandbox;
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

interface Cell {
  readonly account: string;
  readonly service: string;
  readonly region: string | null;
  readonly state: string;
  readonly reason: string;
}

interface Seen {
  readonly exit: number;
  readonly out: string;
  readonly gaps: readonly Gap[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly total: SummaryGroup;
  readonly coverageExit: number;
}

/** Collects, and reads the coverage of what was collected. */
async function see(tier: string, spoil: (sandbox: Sandbox) => void): Promise<Seen> {
  const sandbox = healthy.copy();
  spoil(sandbox);
  const file = `${tier}-${sandbox.calls.length}-${Math.round(performance.now())}.json`;
  const run = async (...words: string[]): Promise<{ exit: number; out: string }> => {
    const host = {
      ...cliHost({ cwd: folder }),
      clock: sandbox.clock,
      inPlaceOfAws: { requestHandler: sandbox.requestHandler(), credentials: sandbox.credentials },
    };
    const exit = await main([...words, "--quiet"], host);
    return { exit, out: host.out() };
  };
  const collected = await run(
    ...["collect", "--tier", tier, "--out", file],
    ...[...central, ...own].flatMap((id) => ["--service", id]),
    ...[up, down].flatMap((name) => ["--governed-region", name]),
  );
  const { gaps } = await readSnapshotFile(join(folder, file));
  const covered = await run("coverage", "--snapshot", file, "--json");
  const { result } = JSON.parse(covered.out) as {
    result: { cells: readonly Cell[]; total: SummaryGroup };
  };
  return {
    ...collected,
    gaps,
    cells: new Map(
      result.cells
        .filter(({ service }) => central.includes(service) || own.includes(service))
        .map((cell) => [`${cell.service} ${cell.account} ${cell.region}`, cell]),
    ),
    total: result.total,
    coverageExit: covered.exit,
  };
}

/** Each account denies on its own, a Region is down, and one call in ten is throttled. */
function troubles(sandbox: Sandbox): void {
  for (const account of denied) sandbox.faults.add({ name: "accessDenied", account });
  sandbox.faults.add({ name: "serverError", region: down });
  sandbox.faults.add({ name: "throttle", probability: 0.1 });
}

describe.each([
  // Central services need no call in a member, so that nothing is lost where members deny.
  { tier: "full", lostAccounts: [] as readonly string[] },
  { tier: "inside", lostAccounts: denied },
])("a $tier collect of an organization in trouble", ({ tier, lostAccounts }) => {
  it("reads the rest, says what was lost and why, and counts it neither way", async () => {
    const was = await see(tier, () => undefined);
    expect(was.exit).toBe(0);
    expect(was.gaps).toEqual([]);
    const now = await see(tier, troubles);
    expect(now.exit).toBe(3);
    expect(now.out).toContain(`partial: ${now.gaps.length} reads failed`);

    expect([...now.cells.keys()]).toEqual([...was.cells.keys()]);
    const isLost = ({ account, service, region }: Cell): boolean =>
      region === down || (own.includes(service) && lostAccounts.includes(account));
    const wrong = [...was.cells].flatMap(([place, cell]) => {
      const found = now.cells.get(place);
      const wanted = isLost(cell) && cell.state !== "not-applicable" ? "unknown" : cell.state;
      return found?.state === wanted ? [] : [`${place}: ${found?.state}, ${found?.reason}`];
    });
    expect(wrong).toEqual([]);
    const lost = [...was.cells.values()].filter(
      (cell) => isLost(cell) && !["unknown", "not-applicable"].includes(cell.state),
    );
    expect(lost.length).toBeGreaterThan(100);

    // What denied is told by its account, what was down by its Region, and nothing else is missing.
    const strays = now.gaps.filter(
      ({ kind, account = "", region = "" }) =>
        !(kind === "access-denied" && lostAccounts.includes(account)) &&
        !(kind === "failed" && region === down),
    );
    expect(strays).toEqual([]);
    const deniedIn = now.gaps.flatMap(({ kind, account }) =>
      kind === "access-denied" ? [account] : [],
    );
    expect([...new Set(deniedIn)].toSorted()).toEqual([...lostAccounts]);
    for (const { service, account, region } of lost) {
      const reason = now.cells.get(`${service} ${account} ${region}`)?.reason ?? "";
      expect(reason).toMatch(
        /^AWS denied the read: |^the read failed: |only the account itself|not known/,
      );
    }

    const percent = ({ on, partial, off }: SummaryGroup["counts"]): number =>
      Math.round((on / (on + partial + off)) * 1_000) / 10;
    expect(now.coverageExit).toBe(3);
    expect(now.total.covered).toBe(percent(now.total.counts));
    expect(now.total.counts.off).toBe(was.total.counts.off);
    expect(now.total.counts.unknown).toBe(was.total.counts.unknown + lost.length);
    expect(now.total.unknown).toBeGreaterThan(was.total.unknown);
  }, 60_000);
});

describe("a collect whose administrator denies everything", () => {
  it("knows nothing of what only the administrator tells, and calls none of it off", async () => {
    const account = idOf(0);
    const { exit, cells, total } = await see("full", (sandbox) => {
      sandbox.faults.add({ name: "accessDenied", account });
    });
    expect(exit).toBe(3);
    expect(total.counts.off + total.counts.partial).toBe(0);
    const guardduty = [...cells.values()].filter(({ service }) => service === "guardduty");
    expect(new Set(guardduty.map(({ state }) => state))).toEqual(new Set(["unknown"]));
    expect(new Set(guardduty.map(({ reason }) => reason.split(":")[0]))).toEqual(
      new Set(["AWS denied the read"]),
    );
    expect(cells.get(`cloudtrail ${idOf(25)} ${up}`)?.state).toBe("on");
  }, 60_000);
});
