import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Organizations } from "@aws-sdk/client-organizations";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueSession } from "../../src/sandbox/credentials.ts";
import { createAdministrator } from "../../src/services/iam/sandbox/create-administrator.ts";
import { openExample } from "../../src/services/open-example.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { expectClear } from "./support/expect-clear.ts";
import { runInSandbox, type Spoken } from "./support/in-process.ts";

let folder: string;
let small: Sandbox;
/** What `orgrail init` writes of {@link small}. */
let written: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-bad-"));
  small = await openExample("small");
  await runInSandbox(small, folder, ["init"]);
  written = await readFile(join(folder, "orgrail.yaml"), "utf8");
});
beforeEach(() => rm(join(folder, ".orgrail"), { recursive: true, force: true }));
afterAll(() => rm(folder, { recursive: true }));

const idOf = (name: string): string =>
  new RegExp(`name: ${name}\\n.*\\n {4}id: "(\\d+)"`).exec(written)?.[1] ?? "";
const addUnit = (text: string): string =>
  text.replace("organizationalUnits:\n", "organizationalUnits:\n  - name: New\n");
const place = (account: string, unit: string): string =>
  written.replace(
    new RegExp(`(name: ${account}\\n(?: {4}.*\\n)*? {4}organizationalUnit: ).*`),
    `$1${unit}`,
  );

/** Runs a command in a folder with that configuration, and sees that nothing was written to AWS. */
async function untouched(sandbox: Sandbox, config: string, ...args: string[]): Promise<Spoken> {
  await writeFile(join(folder, "orgrail.yaml"), config);
  const before = sandbox.calls.length;
  const spoken = await runInSandbox(sandbox, folder, args);
  expect(
    sandbox.calls.slice(before).filter(({ kind, outcome }) => kind === "write" && outcome === "ok"),
  ).toEqual([]);
  return spoken;
}

const as = (sandbox: Sandbox, credentials: Sandbox["credentials"]): Sandbox => ({
  ...sandbox,
  credentials,
});
const organizations = (sandbox: Sandbox): Organizations =>
  new Organizations({
    region: sandbox.homeRegion,
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });

describe.each([[["plan"]], [["drift"]], [["apply", "--yes"]]])("%j", (command) => {
  test("where there is no organization", async () => {
    const spoken = await untouched(openSandbox(), written, ...command);
    expectClear(spoken, 4);
    expect(spoken.err).toContain("organizations:DescribeOrganization, us-east-1");
    expect(spoken.err).toContain("the account is in no organization");
  });

  test("with credentials that have expired", async () => {
    const sandbox = small.copy();
    const subject = { account: sandbox.managementAccount, kind: "root" } as const;
    const session = issueSession(sandbox.world, subject as never, 900);
    await sandbox.clock.sleep(3_600_000);
    const spoken = await untouched(as(sandbox, session), written, ...command);
    expectClear(spoken, 4);
    expect(spoken.err).toContain("error[ORGRAIL4002]");
    expect(spoken.err).toContain("aws sso login");
  });

  test("with a member account's credentials", async () => {
    const sandbox = small.copy();
    const member = createAdministrator(sandbox.world, idOf("Production"));
    const spoken = await untouched(as(sandbox, member), written, ...command);
    expectClear(spoken, 4);
    expect(spoken.err).toContain(`account ${idOf("Production")} is a member`);
    expect(spoken.err).toContain("use credentials of the management account");
  });

  test.each<[string, (text: string) => string, string]>([
    [
      "of another organization",
      (text) => text.replace(/ id: o-.*/, " id: o-aaaaaaaaaa"),
      "describes organization `o-aaaaaaaaaa`, but the credentials lead to",
    ],
    [
      "of another management account",
      (text) => text.replaceAll(small.managementAccount, "123456789012"),
      "names management account 123456789012, but the organization's is",
    ],
    [
      "with an account that is not there",
      (text) => text.replace(idOf("Playground"), "123123123123"),
      "account Playground (123123123123) is not in this organization",
    ],
    [
      "that moves the management account",
      () => place("Management", "Workloads"),
      "the management account Management",
    ],
  ])("with a configuration %s", async (_, change, said) => {
    const spoken = await untouched(small.copy(), change(written), ...command);
    expectClear(spoken, 64);
    expect(spoken.err).toContain(said);
    expect(spoken.err).toMatch(/--> orgrail\.yaml:\d+:\d+/);
  });

  test("where a closed account shall move", async () => {
    const sandbox = small.copy();
    await organizations(sandbox).closeAccount({ AccountId: idOf("Playground") });
    const spoken = await untouched(sandbox, place("Playground", "Workloads"), ...command);
    expectClear(spoken, 64);
    expect(spoken.err).toContain("is PENDING_CLOSURE and cannot be moved to `Workloads`");
  });

  test("without all features", async () => {
    const sandbox = openSandbox();
    await organizations(sandbox).createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    const spoken = await untouched(
      sandbox,
      "version: 1\norganizationalUnits: [{name: A}]\n",
      ...command,
    );
    expectClear(spoken, 64);
    expect(spoken.err).toContain("consolidated billing only, not all features");
  });

  test("throttled for minutes", async () => {
    const sandbox = small.copy();
    sandbox.faults.add({ name: "throttle" });
    const started = sandbox.clock.now();
    const spoken = await untouched(sandbox, written, ...command);
    expectClear(spoken, 1);
    expect(spoken.err).toMatch(
      /(organizations:DescribeOrganization|sts:GetCallerIdentity), us-east-1: throttled/,
    );
    expect(spoken.err).toMatch(/other callers use up the rate/);
    expect(sandbox.clock.now() - started).toBeLessThan(10 * 60_000);
  });
});

describe("what could not be read", () => {
  test("is not said to be as the file wants it", async () => {
    const sandbox = small.copy();
    sandbox.faults.add({ name: "accessDenied", operation: "ListPolicies" });
    await writeFile(join(folder, "orgrail.yaml"), addUnit(written));
    const first = await runInSandbox(sandbox, folder, ["apply", "--yes"]);
    expect(first.code).toBe(3);
    expect(first.out).toMatch(
      /Read again: as the file wants it as far as could be read; \d+ reads failed/,
    );
    const again = await runInSandbox(sandbox, folder, ["apply", "--yes", "--json"]);
    expect(again.code).toBe(3);
    expect(JSON.parse(again.out).result).toMatchObject({ outcomes: [], converged: null });
    expect(JSON.parse(again.out).gaps.length).toBeGreaterThan(0);
  });
});

test("a delegated administrator plans; what it may not write fails by name", async () => {
  const sandbox = small.copy();
  const audit = as(sandbox, createAdministrator(sandbox.world, idOf("Audit")));
  const plan = await untouched(audit, addUnit(written), "plan", "--detailed-exitcode");
  expect(plan.code).toBe(2);
  const { code, out, err } = await untouched(audit, addUnit(written), "apply", "--yes");
  expect(code).toBe(1);
  expect(out).toContain(
    "Applied: 0 done, 1 failed.\nRead again: 1 difference to the file is left.",
  );
  expect(err).toContain("create organizationalUnit:New: organizations:CreateOrganizationalUnit");
  expect(err).toContain("allow `organizations:CreateOrganizationalUnit` to the caller");
});

test("an apply that is throttled for minutes says what is left, and goes on later", async () => {
  const sandbox = small.copy();
  const stop = sandbox.faults.add({ name: "throttle", operation: "CreateOrganizationalUnit" });
  const { code, out, err } = await untouched(sandbox, addUnit(written), "apply", "--yes");
  expect(code).toBe(1);
  expect(out).toContain("0 done, 1 not begun or not settled.\nStopped: organizations:CreateOrg");
  expect(err).toContain("`orgrail apply --resume` goes on where this stopped");
  stop();
  const resumed = await runInSandbox(sandbox, folder, ["apply", "--resume", "--yes"]);
  expect(resumed).toMatchObject({ code: 0, out: expect.stringContaining("Applied: 1 done.") });
});
