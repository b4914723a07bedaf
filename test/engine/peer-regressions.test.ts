import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { deny, mirrorOf, snapshotOf, span, unitId } from "../plan/builders.ts";
import { codes } from "../plan/expect-plan.ts";
import { applyTo, connect, read } from "./connect.ts";

// What tools of this kind are known to get wrong, one test each. Lists with empty pages, with a
// token that comes again, and accounts in the older shape are in collect.test.ts and gaps.test.ts.

const scp = "SERVICE_CONTROL_POLICY" as const;

function at(name: string, path: string, present = true): Desired["attachments"][number] {
  return {
    policy: { name, type: scp },
    target: path === "" ? { kind: "root" } : { kind: "organizationalUnit", path: path.split("/") },
    present,
    span,
  };
}

function unit(path: string, more: { readonly formerPath?: readonly string[] } = {}) {
  return { path: path.split("/"), ignore: false, remove: false, span, ...more } as const;
}

function account(name: string, parent: string): Desired["accounts"][number] {
  const email = `${name.toLowerCase()}@example.com`;
  return { name, email, parent: parent === "" ? [] : parent.split("/"), close: false, span };
}

type Wish = (mirror: Desired) => Partial<Desired>;

/** Plans a change of what is there, applies it in a sandbox, and plans again. */
async function converge(snapshot: Snapshot, wish: Wish) {
  const sandbox = openSandbox({ snapshot });
  const mirror = mirrorOf(snapshot);
  const desired = { ...mirror, ...wish(mirror) };
  const made = plan(desired, await read(sandbox));
  expect(codes(made)).toEqual([]);
  const report = await applyTo(sandbox, made);
  expect(report.outcomes.filter(({ status }) => status !== "done")).toEqual([]);
  expect(plan(desired, await read(sandbox)).changes).toEqual([]);
  return { sandbox, made, organization: (await read(sandbox)).organization };
}

function writes(sandbox: Sandbox): string[] {
  return sandbox.calls.filter(({ kind }) => kind === "write").map(({ operation }) => operation);
}

function operations({ changes }: Plan): string[] {
  return changes.map(({ operation }) => operation);
}

describe("accounts", () => {
  it("move from unit to unit with one call, never by way of the root", async () => {
    const snapshot = snapshotOf({ units: ["A", "B"], accounts: [{ name: "Shop", in: "A" }] });
    const { made, sandbox } = await converge(snapshot, ({ accounts }) => ({
      accounts: accounts.map((one) => (one.name === "Shop" ? { ...one, parent: ["B"] } : one)),
    }));
    expect(made.changes.map(({ input }) => input)).toEqual([
      expect.objectContaining({
        SourceParentId: unitId("A"),
        DestinationParentId: unitId("B"),
      }),
    ]);
    expect(writes(sandbox)).toEqual(["MoveAccount"]);
  });

  it("that the file drops stay where they are, guarded as they were", async () => {
    const snapshot = snapshotOf({
      units: ["A"],
      accounts: [{ name: "Shop", in: "A" }],
      policies: [{ name: "Guard", at: ["A"] }],
    });
    const { made } = await converge(snapshot, ({ accounts }) => ({
      accounts: accounts.filter(({ name }) => name !== "Shop"),
    }));
    expect(made.changes).toEqual([]);
    expect(made.foreign).toContainEqual(expect.objectContaining({ address: "account:Shop" }));
  });

  it.each(["SUSPENDED", "PENDING_CLOSURE", "CLOSED"] as const)(
    "that are %s stop nothing: the rest is applied",
    async (state) => {
      const snapshot = snapshotOf({
        units: ["A"],
        accounts: [{ name: "Gone", in: "A", state }, { name: "Shop" }],
      });
      const { sandbox } = await converge(snapshot, ({ accounts }) => ({
        accounts: accounts.map((one) => ({
          ...one,
          ...(one.name === "Shop" ? { parent: ["A"] } : {}),
          ...(one.name === "Management" ? {} : { tags: { Team: "x" } }),
        })),
      }));
      expect(writes(sandbox).sort()).toEqual(["MoveAccount", "TagResource"]);
    },
  );

  it("of a foreign organization keep their e-mail address, and the failure says so", async () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const mirror = mirrorOf(snapshot);
    const desired = { ...mirror, accounts: [...mirror.accounts, account("New", "A")] };
    const sandbox = openSandbox({ snapshot });
    configureOrganizations(sandbox.world, {
      failingCreations: { "new@example.com": "EMAIL_ALREADY_EXISTS" },
    });
    const report = await applyTo(sandbox, plan(desired, snapshot));
    expect(report.outcomes.map(({ status }) => status)).toEqual(["failed", "skipped"]);
    expect(report.outcomes[0]).toMatchObject({
      code: "ORGRAIL4108",
      message: expect.stringMatching(/outside this organization.*EMAIL_ALREADY_EXISTS/),
      hint: expect.stringContaining("another address"),
    });
    // The failed request is remembered by AWS under the account's name: it must not haunt the next try.
    configureOrganizations(sandbox.world, { failingCreations: {} });
    const again = await applyTo(sandbox, plan(desired, await read(sandbox)));
    expect(again.counts).toMatchObject({ done: 2, failed: 0 });
  });

  it("that our own earlier call made are taken for ours, not made twice", async () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const mirror = mirrorOf(snapshot);
    const desired = { ...mirror, accounts: [...mirror.accounts, account("New", "A")] };
    const sandbox = openSandbox({ snapshot });
    sandbox.faults.add({ name: "connectionReset", when: "after", operation: "CreateAccount" });
    const report = await applyTo(sandbox, plan(desired, snapshot));
    expect(report.counts).toMatchObject({ done: 2 });
    const { organization } = await read(sandbox);
    expect(organization.accounts.filter(({ name }) => name === "New")).toHaveLength(1);
  });
});

describe("policies", () => {
  it("beyond AWS's first page of twenty are seen: none is made twice", async () => {
    const names = Array.from({ length: 45 }, (_, i) => `Guard${i}`);
    const snapshot = snapshotOf({ units: ["A"], policies: names.map((name) => ({ name })) });
    const { made } = await converge(snapshot, () => ({ attachments: [at("Guard44", "A")] }));
    expect(operations(made)).toEqual(["AttachPolicy"]);
  });

  it("are exchanged attached first, and no target is ever without one", async () => {
    const snapshot = snapshotOf({
      units: ["A"],
      accounts: [{ name: "Shop", in: "A" }],
      policies: [{ name: "Old", at: ["A"] }, { name: "New" }],
    });
    const { made } = await converge(snapshot, () => ({
      attachments: [at("Old", "A", false), at("New", "A")],
    }));
    expect(operations(made)).toEqual(["AttachPolicy", "DetachPolicy"]);
  });

  it("that others own count against AWS's quota, before anything is written", () => {
    const names = Array.from({ length: 8 }, (_, i) => `aws-guardrails-${i}`);
    const snapshot = snapshotOf({
      units: ["A"],
      policies: [...names.map((name) => ({ name, at: ["A"] })), { name: "P1" }, { name: "P2" }],
    });
    const { policies, ...mirror } = mirrorOf(snapshot);
    const desired = {
      ...mirror,
      policies: policies.filter(({ name }) => !name.startsWith("aws-")),
      attachments: [at("P1", "A"), at("P2", "A")],
    };
    const made = plan(desired, snapshot);
    expect(codes(made)).toEqual(["ORGRAIL3044"]);
    expect(made.diagnostics[0]?.detail).toContain("aws-guardrails-7");
  });

  it("keep their id and their targets when they are renamed", async () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "Old", at: ["A"] }] });
    const id = snapshot.organization.policies?.find(({ name }) => name === "Old")?.id;
    const { organization, made } = await converge(snapshot, () => ({
      policies: [
        {
          ...{ name: "New", formerName: "Old", type: scp, description: "" },
          ...{ content: deny("s3:*"), remove: false, span },
        },
      ],
      attachments: [at("New", "A")],
    }));
    expect(operations(made)).toEqual(["UpdatePolicy"]);
    const renamed = organization.policies?.find((one) => one.id === id);
    expect(renamed).toMatchObject({ name: "New", targets: [unitId("A")] });
  });

  it("of a type that this version does not know are tolerated", async () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const sandbox = openSandbox({ snapshot });
    const inner = sandbox.requestHandler();
    const aws = connect(
      sandbox,
      {},
      {
        handle: async (request, options) => {
          const { response } = await inner.handle(request, options);
          const text = Buffer.from(response.body).toString();
          const future = '"PolicyTypes":[{"Type":"FUTURE_POLICY","Status":"ENABLED"},';
          response.body = Buffer.from(text.replace('"PolicyTypes":[', future));
          return { response };
        },
      },
    );
    const seen = await read(sandbox, aws);
    expect(seen.organization.root.policyTypes).toContainEqual({
      ...{ type: "FUTURE_POLICY", status: "ENABLED" },
    });
    const made = plan(mirrorOf(snapshot), seen);
    expect(codes(made)).toEqual([]);
    expect(made.changes).toEqual([]);
  });
});

describe("organizational units", () => {
  it("of one name in three places are three units", async () => {
    const paths = ["Prod", "A", "A/Prod", "B", "B/Prod"];
    const snapshot = snapshotOf({ units: paths, policies: [{ name: "Guard" }] });
    const { organization, made } = await converge(snapshot, () => ({
      attachments: [at("Guard", "B/Prod")],
    }));
    expect(operations(made)).toEqual(["AttachPolicy"]);
    const guard = organization.policies?.find(({ name }) => name === "Guard");
    expect(guard?.targets).toEqual([unitId("B/Prod")]);
  });

  it("are renamed in place, their accounts and guards with them", async () => {
    const snapshot = snapshotOf({
      units: ["Old"],
      accounts: [{ name: "Shop", in: "Old" }],
      policies: [{ name: "Guard", at: ["Old"] }],
    });
    const { made } = await converge(snapshot, ({ accounts }) => ({
      organizationalUnits: [unit("New", { formerPath: ["Old"] })],
      accounts: accounts.map((one) => (one.name === "Shop" ? { ...one, parent: ["New"] } : one)),
      attachments: [at("Guard", "New")],
    }));
    expect(operations(made)).toEqual(["UpdateOrganizationalUnit"]);
  });

  it("at AWS's greatest depth get another parent without ever being deeper", async () => {
    const snapshot = snapshotOf({
      units: ["A", "A/B", "A/B/C", "A/B/C/D", "A/B/C/D/E", "X", "X/B"],
      accounts: [{ name: "Shop", in: "A/B/C/D/E" }],
      policies: [{ name: "Guard", at: ["A/B/C/D/E"] }],
    });
    const { made } = await converge(snapshot, ({ accounts }) => ({
      organizationalUnits: [
        ...["A", "A/B", "X", "X/B"].map((path) => unit(path)),
        unit("X/B/C", { formerPath: ["A", "B", "C"] }),
        unit("X/B/C/D", { formerPath: ["A", "B", "C", "D"] }),
        unit("X/B/C/D/E", { formerPath: ["A", "B", "C", "D", "E"] }),
      ],
      accounts: accounts.map((one) =>
        one.name === "Shop" ? { ...one, parent: ["X", "B", "C", "D", "E"] } : one,
      ),
      attachments: [at("Guard", "X/B/C/D/E")],
    }));
    const [attached, moved] = ["AttachPolicy", "MoveAccount"].map((one) =>
      operations(made).indexOf(one),
    );
    expect(attached).toBeLessThan(moved ?? -1);
    expect(operations(made).slice(-3)).toEqual(Array(3).fill("DeleteOrganizationalUnit"));
  });

  it("are not deleted when somebody puts an account in since the plan", async () => {
    const snapshot = snapshotOf({ units: ["A"], accounts: [{ name: "Shop" }] });
    const desired = {
      ...mirrorOf(snapshot),
      organizationalUnits: [{ ...unit("A"), remove: true }],
    };
    const sandbox = openSandbox({ snapshot });
    const made = plan(desired, snapshot);
    await connect(sandbox).call("organizations", "MoveAccount", {
      AccountId: "200000000000",
      SourceParentId: "r-abcd",
      DestinationParentId: unitId("A"),
    });
    const report = await applyTo(sandbox, made, { storage: memoryStorage() });
    expect(report.outcomes).toMatchObject([{ status: "failed" }]);
    expect((await read(sandbox)).organization.organizationalUnits).toHaveLength(1);
  });
});
