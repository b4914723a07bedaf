import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../src/core/diagnostic.ts";
import type { Plan } from "../../src/core/plan.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import { simulate } from "../../src/plan/simulate.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { organizationsSlot } from "../../src/services/organizations/sandbox/state.ts";
import { situations } from "../plan/arbitrary-organization.ts";
import { applyTo, connect } from "./connect.ts";

const runs = { numRuns: 40 };

function read(sandbox: Sandbox): ReturnType<typeof collectOrganization> {
  return collectOrganization({ aws: connect(sandbox) }, { tags: "all" });
}

/** Writes that reached the sandbox, by operation. */
function writes(sandbox: Sandbox): string[] {
  return sandbox.calls.filter(({ kind }) => kind === "write").map(({ operation }) => operation);
}

function operations({ changes }: Plan): string[] {
  return changes.map(({ operation }) => operation);
}

describe("a plan of a random organization and wish, applied by the engine", () => {
  it("leaves nothing to do, and makes one write a change, in the plan's order", async () => {
    const seen = new Set<string>();
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(situations, async ({ snapshot, desired }) => {
        const sandbox = openSandbox({ snapshot });
        const made = plan(desired, await read(sandbox));
        if (hasErrors(made.diagnostics)) return;
        applied++;
        const report = await applyTo(sandbox, made);
        expect(report.outcomes.filter(({ status }) => status !== "done")).toEqual([]);
        expect(writes(sandbox)).toEqual(operations(made));
        expect(plan(desired, await read(sandbox)).changes).toEqual([]);

        // Nothing is left to the second apply of the same plan either.
        const again = await applyTo(sandbox, made);
        expect(again.counts).toMatchObject({ failed: 0, done: 0 });
        expect(writes(sandbox)).toHaveLength(made.changes.length);
        for (const operation of operations(made)) seen.add(operation);
      }),
      runs,
    );
    expect(applied).toBeGreaterThan(runs.numRuns / 3);
    // The property says little if the random plans are of few kinds.
    expect([...seen]).toEqual(
      expect.arrayContaining(["AttachPolicy", "CreateAccount", "DetachPolicy", "MoveAccount"]),
    );
  }, 240_000);

  it("never has an account outside both its old and its new unit", async () => {
    let moves = 0;
    await fc.assert(
      fc.asyncProperty(situations, async ({ snapshot, desired }) => {
        const sandbox = openSandbox({ snapshot });
        const made = plan(desired, await read(sandbox));
        if (hasErrors(made.diagnostics)) return;
        const rootId = snapshot.organization.root.id;
        const parents = (): Map<string, string> => {
          const { organizations } = sandbox.world.state(organizationsSlot);
          const accounts = [...organizations.values()].flatMap((one) => [...one.accounts]);
          return new Map(accounts.map(([id, { parentId }]) => [id, parentId]));
        };
        const before = parents();
        const moments: Map<string, string>[] = [];
        const inner = sandbox.requestHandler();
        const watched = connect(
          sandbox,
          {},
          {
            handle: async (request, options) => {
              const answer = await inner.handle(request, options);
              moments.push(parents());
              return answer;
            },
          },
        );
        await applyTo(sandbox, made, { aws: watched });
        const after = parents();
        moves += operations(made).filter((operation) => operation === "MoveAccount").length;
        for (const moment of moments) {
          for (const id of before.keys()) {
            expect([before.get(id), after.get(id)]).toContain(moment.get(id));
          }
          for (const [id, parent] of moment) {
            if (!before.has(id)) expect([rootId, after.get(id)]).toContain(parent);
          }
        }
      }),
      { numRuns: runs.numRuns / 2 },
    );
    expect(moves).toBeGreaterThan(3);
  }, 240_000);

  it("ends where the simulation of the plan ends", async () => {
    await fc.assert(
      fc.asyncProperty(situations, async ({ snapshot, desired }) => {
        const sandbox = openSandbox({ snapshot });
        const found = await read(sandbox);
        const made = plan(desired, found);
        if (hasErrors(made.diagnostics)) return;
        const foretold = simulate(found, made).snapshot.organization;
        await applyTo(sandbox, made);
        const { organization } = await read(sandbox);
        expect(byName(organization)).toEqual(byName(foretold));
      }),
      { numRuns: runs.numRuns / 2 },
    );
  }, 240_000);
});

type Organization = Awaited<ReturnType<typeof read>>["organization"];

/** Tree, attachments and tags with names in the place of ids, which a simulation makes up. */
function byName({ root, organizationalUnits, accounts, policies = [] }: Organization): unknown {
  const units = new Map(organizationalUnits.map((unit) => [unit.id, unit]));
  const names = new Map(accounts.map(({ id, name }) => [id, `account:${name}`]));
  const path = (id: string): string => {
    const unit = units.get(id);
    return unit === undefined ? "Root" : `${path(unit.parentId)}/${unit.name}`;
  };
  return {
    types: root.policyTypes.map(({ type }) => type).sort(),
    units: organizationalUnits.map(({ id, tags }) => [path(id), tags ?? {}]).sort(compared),
    accounts: accounts
      .map(({ name, email, parentId, tags }) => [name, email, path(parentId), tags ?? {}])
      .sort(compared),
    policies: policies
      .map(({ name, type, content, targets = [] }) => [
        ...[type, name, content],
        targets.map((id) => names.get(id) ?? path(id)).sort(),
      ])
      .sort(compared),
  };
}

function compared(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
