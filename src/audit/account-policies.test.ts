import { describe, expect, it } from "vitest";
import type { Snapshot } from "../core/snapshot.ts";
import { accountPolicies } from "./account-policies.ts";
import { exampleIds } from "./example/ids.ts";
import { changedSnapshot } from "./example/snapshot.ts";

const { audit, logs, shop, dev } = exampleIds;
const action = "cloudtrail:StopLogging";

/** The example with another service control policy at the root. */
function snapshotWith(exempt: string): Snapshot {
  return changedSnapshot({
    "organization/policies/1/content": JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: "cloudtrail:*",
          Resource: "*",
          Condition: { ArnNotLike: { "aws:PrincipalArn": exempt } },
        },
      ],
    }),
  });
}

function decisions(snapshot: Snapshot, ids: readonly string[]): readonly string[] {
  const { decide } = accountPolicies(snapshot);
  return ids.map((id) => {
    const account = snapshot.organization.accounts.find((one) => one.id === id);
    if (account === undefined) throw new Error(`no account ${id}`);
    return decide(account, { principal: "role/Ops", action });
  });
}

describe("policies of accounts that have the same ones", () => {
  it.each([[[audit, logs, shop, dev]], [[logs, audit, dev, shop]]])(
    "bind every one of them, whichever is asked first: %j",
    (ids) => {
      const all = decisions(snapshotWith("arn:aws:iam::*:role/BreakGlass"), ids);
      expect(all).toEqual(ids.map(() => "explicitDeny"));
    },
  );

  it("tell accounts apart where they name one", () => {
    const snapshot = snapshotWith(`arn:aws:iam::${logs}:role/Ops`);
    expect(decisions(snapshot, [audit, logs, shop, dev])).toEqual([
      "explicitDeny",
      "allowed",
      "explicitDeny",
      "explicitDeny",
    ]);
    expect(decisions(snapshot, [logs, audit])).toEqual(["allowed", "explicitDeny"]);
  });
});
