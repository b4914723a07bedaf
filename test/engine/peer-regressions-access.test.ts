import { describe, expect, it } from "vitest";
import type { RequestHandler } from "../../src/aws/clients.ts";
import type { Desired } from "../../src/core/desired.ts";
import { plan } from "../../src/plan/plan.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { additive, deny, mirrorOf, snapshotOf, span } from "../plan/builders.ts";
import { codes } from "../plan/expect-plan.ts";
import { applyTo, connect, read } from "./connect.ts";

// The second half of what tools of this kind are known to get wrong: access, errors, saved plans.

const guardduty = "guardduty.amazonaws.com";

describe("trusted access", () => {
  it("is never removed by omission, though the file owns every list that it can own", () => {
    const snapshot = snapshotOf({ trustedAccess: ["sso.amazonaws.com", guardduty] });
    const desired: Desired = {
      ...mirrorOf(snapshot),
      ownership: { ...additive, policyTypes: "exclusive", delegatedAdministrators: "exclusive" },
      trustedAccess: [],
    };
    const made = plan(desired, snapshot);
    expect(made.changes).toEqual([]);
    expect(made.foreign.map(({ id }) => id)).toContain("sso.amazonaws.com");
  });

  it("of IAM Identity Center goes by word only, and is asked for as a lock-out", async () => {
    const snapshot = snapshotOf({ trustedAccess: ["sso.amazonaws.com"] });
    const made = plan(
      {
        ...mirrorOf(snapshot),
        trustedAccess: [{ servicePrincipal: "sso.amazonaws.com", enabled: false, span }],
      },
      snapshot,
    );
    expect(made.changes).toMatchObject([{ operation: "DisableAWSServiceAccess", risk: "lockout" }]);
    expect(codes(made, "warning")).toContain("ORGRAIL3054");
    const sandbox = openSandbox({ snapshot });
    const report = await applyTo(sandbox, made, { confirm: async () => false });
    expect(report.outcomes).toMatchObject([{ status: "skipped", message: "not confirmed" }]);
  });
});

describe("delegated administrators", () => {
  const sketch = {
    accounts: [{ name: "Old" }, { name: "New" }],
    trustedAccess: [guardduty],
    delegated: { Old: [guardduty] },
  };
  const wish = (account: string): Partial<Desired> => ({
    delegatedAdministrators: [{ servicePrincipal: guardduty, account, present: true, span }],
  });

  it("are replaced in order where AWS takes one", async () => {
    const snapshot = snapshotOf(sketch);
    const sandbox = openSandbox({ snapshot });
    const desired = { ...mirrorOf(snapshot), ...wish("New") };
    const made = plan(desired, snapshot);
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["DeregisterDelegatedAdministrator", "RegisterDelegatedAdministrator"],
    ]);
    expect((await applyTo(sandbox, made)).counts).toMatchObject({ done: 2 });
    expect(plan(desired, await read(sandbox)).changes).toEqual([]);
  });

  it("stay when the file does not name them", () => {
    const snapshot = snapshotOf(sketch);
    const made = plan({ ...mirrorOf(snapshot), delegatedAdministrators: [] }, snapshot);
    expect(made.changes).toEqual([]);
  });
});

describe("errors of AWS", () => {
  const policies = (name: string): Desired["policies"] => [
    {
      ...{ name, type: "SERVICE_CONTROL_POLICY", description: "" },
      ...{ content: deny("s3:*"), remove: false, span },
    },
  ];

  /** A door that answers the first calls of an operation with an error of AWS. */
  function failing(inner: RequestHandler, operation: string, type: string, times: number) {
    let calls = 0;
    const handler: RequestHandler = {
      handle: async (request, options) => {
        const { response } = await inner.handle(
          String(request.headers["x-amz-target"]).endsWith(`.${operation}`) && ++calls <= times
            ? Object.assign(request, { body: "{}" })
            : request,
          options,
        );
        if (String(request.headers["x-amz-target"]).endsWith(`.${operation}`) && calls <= times) {
          response.statusCode = 400;
          response.body = Buffer.from(JSON.stringify({ __type: type, Message: "no" }));
        }
        return { response };
      },
    };
    return { handler, calls: () => calls };
  }

  it.each([
    ["ConstraintViolationException", 1],
    ["PolicyChangesInProgressException", undefined],
    ["ConcurrentModificationException", undefined],
    ["TooManyRequestsException", undefined],
  ])("%s are tried again only where that can help", async (type, calls) => {
    const snapshot = snapshotOf({});
    const desired = { ...mirrorOf(snapshot), policies: policies("New") };
    const sandbox = openSandbox({ snapshot });
    const door = failing(sandbox.requestHandler(), "CreatePolicy", type, 3);
    const aws = connect(sandbox, {}, door.handler);
    const report = await applyTo(sandbox, plan(desired, snapshot), { aws });
    expect(report.outcomes).toMatchObject([{ status: calls === undefined ? "done" : "failed" }]);
    expect(door.calls()).toBe(calls ?? 4);
  });
});

describe("a saved plan", () => {
  it("of another organization is refused before anything is written", async () => {
    const snapshot = snapshotOf({ accounts: [{ name: "Shop" }], units: ["A"] });
    const mirror = mirrorOf(snapshot);
    const desired = {
      ...mirror,
      accounts: mirror.accounts.map((one) =>
        one.name === "Shop" ? { ...one, parent: ["A"] } : one,
      ),
    };
    const made = { ...plan(desired, snapshot), organizationId: "o-zzzzzzzzzz" };
    const sandbox = openSandbox({ snapshot });
    await expect(applyTo(sandbox, made)).rejects.toMatchObject({ code: "ORGRAIL4109" });
    expect(sandbox.calls.filter(({ kind }) => kind === "write")).toEqual([]);
  });

  it("is refused change by change where the world has moved, and the rest is made", async () => {
    const snapshot = snapshotOf({
      units: ["A", "B"],
      accounts: [{ name: "Shop" }, { name: "Other" }],
    });
    const mirror = mirrorOf(snapshot);
    const desired = {
      ...mirror,
      accounts: mirror.accounts.map((one) =>
        one.name === "Management" ? one : { ...one, parent: ["A"] },
      ),
    };
    const made = plan(desired, snapshot);
    const sandbox = openSandbox({ snapshot });
    const elsewhere = snapshot.organization.organizationalUnits.find(({ name }) => name === "B");
    await connect(sandbox).call("organizations", "MoveAccount", {
      AccountId: "200000000000",
      SourceParentId: "r-abcd",
      DestinationParentId: elsewhere?.id ?? "",
    });
    const report = await applyTo(sandbox, made);
    expect(report.outcomes.map(({ status }) => status).sort()).toEqual(["done", "refused"]);
    const refused = report.outcomes.find(({ status }) => status === "refused");
    expect(refused?.message).toContain("the world has moved");
    expect(refused?.change.address).toBe("account:Shop");
  });
});
