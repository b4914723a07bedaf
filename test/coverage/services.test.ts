import { describe, expect, it } from "vitest";
import { cellsOf } from "../../src/coverage/filter.ts";
import { securityServices } from "../../src/services/registry.ts";
import { disabledRegion } from "../contract/contract-world.ts";
import {
  blocks,
  enabled,
  load,
  matrixOf,
  readAgain,
  readServices,
  statesOf,
  world,
} from "./coverage-world.ts";

const ids = await Promise.all(
  Object.keys(securityServices).map(async (id) => ({ id, coverage: (await load(id)).coverage })),
).then((all) => all.flatMap(({ id, coverage }) => (coverage === undefined ? [] : [id])));

const regional = Object.keys(blocks);
/** Services that have one answer for the organization. */
const wide = ["iam", "health", "backup", "ram", "sso", "cloudformation", "trustedadvisor"];

describe("cells of every service", () => {
  it("covers the services whose absence matters", () => {
    expect(ids).toEqual(expect.arrayContaining([...regional, ...wide, "ec2", "s3", "account"]));
  });

  it("are off where there is nothing, and not applicable where nothing can be", async () => {
    const sandbox = await world();
    const snapshot = await readServices(sandbox, ids);
    const matrix = await matrixOf(snapshot, ids);
    const wrong = [...cellsOf(matrix)].flatMap(({ account, column, region, verdict }) => {
      const cannot = account.name === "Gone" || region === disabledRegion;
      // AWS itself blocks public sharing of images in new accounts.
      const nothing = column.service === "ec2" ? "partial" : "off";
      const wanted = cannot ? "not-applicable" : nothing;
      return verdict.state === wanted
        ? []
        : [`${column.service} ${account.name} ${region} ${verdict.state}: ${verdict.reason}`];
    });
    expect(wrong).toEqual([]);
    expect(matrix.organization.map(({ service, state }) => `${service} ${state}`)).toEqual(
      ids.filter((id) => wide.includes(id)).map((id) => `${id} off`),
    );
    expect(snapshot.gaps).toEqual([]);
  }, 60_000);
});

describe.each(regional)("%s", (id) => {
  it("is on everywhere once apply has enabled it, and unknown when reads are denied", async () => {
    const sandbox = await enabled(id, blocks[id] ?? {});
    const before = sandbox.calls.length;
    const snapshot = await readServices(sandbox, [id]);
    const matrix = await matrixOf(snapshot, [id]);
    const wrong = [...cellsOf(matrix)].flatMap(({ account, region, verdict }) =>
      verdict.state ===
      (account.name === "Gone" || region === disabledRegion ? "not-applicable" : "on")
        ? []
        : [`${account.name} ${region} ${verdict.state}: ${verdict.reason}`],
    );
    expect(wrong).toEqual([]);
    expect(snapshot.gaps).toEqual([]);

    const reads = new Map(
      sandbox.calls
        .slice(before)
        .filter(({ service }) => !["organizations", "sts", "account"].includes(service))
        .map((call) => [`${call.service}:${call.operation}`, call]),
    );
    for (const { service, operation } of reads.values()) {
      const copy = sandbox.copy();
      copy.faults.add({ name: "accessDenied", service, operation });
      const denied = await readAgain(copy, snapshot, [id]);
      const without = await matrixOf(denied, [id]);
      const states = statesOf(without);
      // Nothing rests on an answer that nobody gave.
      const unfounded = [...cellsOf(without)].flatMap(({ account, region, verdict }) =>
        verdict.state !== "unknown" &&
        verdict.evidence.some(({ source }) => source === `${service}:${operation}`)
          ? [`${account.name} ${region} ${verdict.state}`]
          : [],
      );
      const claimed = states.filter(
        (state) => state.endsWith(" off") || state.endsWith(" partial"),
      );
      expect({ operation, claimed, unfounded, gaps: denied.gaps.length > 0 }).toEqual({
        operation,
        claimed: [],
        unfounded: [],
        gaps: true,
      });
    }
  }, 120_000);
});
