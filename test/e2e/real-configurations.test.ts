import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import type { Desired, OuPath } from "../../src/core/desired.ts";
import type { OrganizationalUnitState, Snapshot } from "../../src/core/snapshot.ts";
import { findAccount } from "../../src/sandbox/accounts.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { organizationsSlot } from "../../src/services/organizations/sandbox/state.ts";
import { corpus, outside } from "../config/folder.ts";
import { snapshotOf } from "../plan/builders.ts";
import { runInSandbox } from "./support/in-process.ts";

vi.setConfig({ testTimeout: 120_000 });

/** A configuration that somebody made for another tool. */
interface RealConfiguration {
  readonly name: string;
  readonly tool: "lza" | "org-formation";
  /** Name of the management account there. */
  readonly management: string;
  /** What its templates need and no file gives, as a user would give it. */
  readonly values: Readonly<Record<string, string>>;
  readonly accounts: number;
}

const configurations: readonly RealConfiguration[] = [
  {
    name: "lza-universal",
    tool: "lza",
    management: "Management",
    values: { LOGARCHIVE_ACCOUNT_ID: "222222222222" },
    accounts: 6,
  },
  { name: "lza-all-enabled", tool: "lza", management: "Management", values: {}, accounts: 6 },
  {
    name: "org-formation-minimal",
    tool: "org-formation",
    management: "oc test account 2",
    values: {},
    accounts: 10,
  },
  {
    name: "org-formation-reference",
    tool: "org-formation",
    management: "Management Account",
    values: {
      "organization-name": "example",
      "management-root-email-address": "root@example.com",
      "management-account-id": "111111111111",
      "budget-alarm-email-address": "budget@example.com",
      "security-root-email-address": "security@example.com",
      "log-archive-root-email-address": "logs@example.com",
      "email-domain": "example.com",
    },
    accounts: 4,
  },
];

const orgs = corpus();
if (orgs === undefined) process.stderr.write("corpus not present: real configurations skipped\n");

describe.skipIf(orgs === undefined).each(configurations)("$name", (real) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "orgrail-real-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("makes a new organization what it says, once", async () => {
    const file = join(folder, "new", "orgrail.yaml");
    const desired = await imported(real, file, ["--no-ids", "--organization-id", "o-abcdefghij"]);
    expect(desired.accounts).toHaveLength(real.accounts);
    expect(desired.accounts.map(({ id }) => id)).toEqual(desired.accounts.map(() => undefined));
    const sandbox = openSandbox({ snapshot: organizationBefore(real, desired) });
    await converges(sandbox, file, desired);
  });

  it("makes the organization that it was written for what it says, once", async () => {
    const file = join(folder, "there", "orgrail.yaml");
    const desired = await imported(real, file, ["--organization-id", "o-abcdefghij"]);
    const sandbox = openSandbox({ snapshot: organizationBefore(real, desired) });
    await converges(sandbox, file, desired);
  });

  async function imported(
    { name, tool, values }: RealConfiguration,
    file: string,
    options: readonly string[],
  ): Promise<Desired> {
    await mkdir(dirname(file), { recursive: true });
    const source = `${orgs}/${name}${tool === "lza" ? "" : "/organization.yml"}`;
    const given = Object.entries(values).flatMap(([key, value]) => ["--value", `${key}=${value}`]);
    const args = ["import", tool, source, "--out", file, "--force", ...options, ...given];
    const { code, err } = await runInSandbox(openSandbox(), folder, args);
    expect({ code, err: err.replace(/\n*Next: .*\n$/, "") }).toEqual({ code: 0, err: "" });
    const { desired, diagnostics } = loadConfig({
      file: "orgrail.yaml",
      text: await readFile(file, "utf8"),
      readFile: outside(dirname(file)),
    });
    expect(diagnostics).toEqual([]);
    if (desired === undefined) throw new Error("no desired state");
    return desired;
  }
});

/**
 * The organization that a user of the configuration has: its management account, and those of its
 * accounts that the file knows by their ids, which wait in the root.
 */
function organizationBefore({ management }: RealConfiguration, desired: Desired): Snapshot {
  const bare = snapshotOf({});
  const { organization } = bare;
  const [pattern] = organization.accounts;
  const manager = desired.accounts.find(({ name }) => name === management);
  if (pattern === undefined || manager === undefined) throw new Error("no management account");
  const managementAccountId =
    desired.organization.managementAccountId ?? manager.id ?? organization.managementAccountId;
  const known = desired.accounts.filter(({ id }) => id !== undefined && id !== managementAccountId);
  const accounts = [{ ...manager, id: managementAccountId }, ...known].map(
    ({ id, name, email }) => ({
      ...pattern,
      ...{ id: id ?? "", name, email, arn: pattern.arn.replace(/[^/]*$/, id ?? "") },
    }),
  );
  const organizationalUnits = unitsBefore(desired, organization.root.id);
  const everything = [organization.root, ...organizationalUnits, ...accounts].map(({ id }) => id);
  return {
    ...bare,
    organization: {
      ...organization,
      id: desired.organization.id ?? organization.id,
      managementAccountId,
      managementAccountEmail: manager.email,
      organizationalUnits,
      accounts: accounts.sort((a, b) => (a.id < b.id ? -1 : 1)),
      policies: organization.policies?.map((policy) => ({ ...policy, targets: everything })) ?? [],
    },
  };
}

/** The units that the file knows by their ids, at their paths. */
function unitsBefore(desired: Desired, rootId: string): OrganizationalUnitState[] {
  const idOf = (path: OuPath): string | undefined =>
    desired.organizationalUnits.find((unit) => unit.path.join("/") === path.join("/"))?.id;
  return desired.organizationalUnits.flatMap(({ id, path }) => {
    if (id === undefined) return [];
    const arn = `arn:aws:organizations::111111111111:ou/o-abcdefghij/${id}`;
    const parentId = idOf(path.slice(0, -1)) ?? rootId;
    return [{ id, arn, name: path.at(-1) ?? "", parentId, tags: {} }];
  });
}

/** Applies a configuration and checks that it is then so, and that nothing is left to do. */
async function converges(sandbox: Sandbox, file: string, desired: Desired): Promise<void> {
  const run = (...args: string[]) => runInSandbox(sandbox, tmpdir(), [...args, "--config", file]);
  const writes = (): number => sandbox.calls.filter(({ kind }) => kind === "write").length;

  const planned = await run("plan", "--detailed-exitcode", "--json");
  const { result, gaps, diagnostics } = JSON.parse(planned.out);
  const errors = diagnostics.filter(({ severity }: { severity: string }) => severity === "error");
  expect({ code: planned.code, errors, gaps }).toEqual({ code: 2, errors: [], gaps: [] });
  expect(writes()).toBe(0);

  const { id = "o-abcdefghij" } = desired.organization;
  const applied = await run("apply", "--yes", "--confirm", id, "--json");
  expect({ code: applied.code, out: applied.code === 0 ? "" : applied.out }).toEqual({
    ...{ code: 0, out: "" },
  });
  const soFar = writes();
  expect(soFar).toBe(result.changes.length);
  expect(soFar).toBeGreaterThan(desired.organizationalUnits.length);
  expectPlaced(sandbox, desired);

  const drift = await run("drift", "--detailed-exitcode");
  expect({ code: drift.code, out: drift.out }).toMatchObject({ code: 0 });
  expect(drift.out).toContain("No drift.");
  expect((await run("apply", "--yes")).code).toBe(0);
  expect(writes()).toBe(soFar);
}

/** What the sandbox's world holds: accounts by their places, and policies by their targets. */
function expectPlaced(sandbox: Sandbox, desired: Desired): void {
  const [organization] = sandbox.world.state(organizationsSlot).organizations.values();
  if (organization === undefined) throw new Error("no organization");
  const path = (id: string): string[] => {
    const unit = organization.units.get(id);
    return unit === undefined ? [] : [...path(unit.parentId), unit.name];
  };
  const idOf = new Map<string, string>();
  for (const [id, member] of organization.accounts) {
    const { email = "" } = findAccount(sandbox.world, id) ?? {};
    idOf.set(email.toLowerCase(), id);
    const account = desired.accounts.find((one) => one.email.toLowerCase() === email.toLowerCase());
    expect([account?.name, path(member.parentId)]).toEqual([account?.name, account?.parent]);
  }
  expect(idOf.size).toBe(desired.accounts.length);
  for (const { policy: wanted, target, present } of desired.attachments) {
    const policy = [...organization.policies.values()].find(
      ({ name, type }) => name === wanted.name && type === wanted.type,
    );
    const places = (policy?.targets ?? []).map((id) =>
      organization.accounts.has(id) ? id : path(id).join("/"),
    );
    const email =
      target.kind === "account"
        ? desired.accounts.find(({ name }) => name === target.name)?.email
        : "";
    const place =
      target.kind === "account"
        ? idOf.get(email?.toLowerCase() ?? "")
        : target.kind === "root"
          ? ""
          : target.path.join("/");
    expect([wanted.name, place, places.includes(place ?? "nowhere")]).toEqual([
      ...[wanted.name, place, present],
    ]);
  }
}
