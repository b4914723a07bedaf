import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { cliHost } from "../support/cli-host.ts";
import { repositoryRoot } from "../support/source-files.ts";
import { type PolicyFolder, policyFolder, scp } from "./support/policy-folder.ts";

const config = `version: 1
organizationalUnits: [{ name: Workloads }]
accounts:
  - { name: Shop, email: shop@example.com, organizationalUnit: Workloads }
policies:
  - { name: NoLeave, type: SERVICE_CONTROL_POLICY, file: no-leave.json, attach: [Workloads] }
`;
const noLeave = scp({
  Sid: "DenyLeave",
  Effect: "Deny",
  Action: "organizations:LeaveOrganization",
  Resource: "*",
});
const tests = `version: 1
tests:
  - name: nobody leaves
    account: Shop
    principal: role/Admin
    action: [organizations:LeaveOrganization]
    expect: denied
    by: DenyLeave
  - name: the file alone
    policies: [no-leave.json]
    action: organizations:LeaveOrganization
    expect: denied
    by: no-leave.json
`;

let folder: PolicyFolder;
beforeEach(async () => {
  folder = await policyFolder({
    "orgrail.yaml": config,
    "no-leave.json": noLeave,
    "a.policytest.yaml": tests,
  });
});
afterEach(() => folder.remove());

describe("orgrail test", () => {
  test("finds the files below, runs them and says what passed", async () => {
    await folder.write({ "node_modules/x/b.policytest.yaml": "not looked at" });
    const { code, out, err } = await folder.run(["test"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("a.policytest.yaml\n  pass  nobody leaves\n  pass  the file alone");
    expect(out).toContain("2 tests: 2 passed");
  });

  test("a failure shows what was expected, what came, the reason and the place", async () => {
    await folder.write({
      "a.policytest.yaml": `${tests}  - name: open
    ou: Workloads
    action: [organizations:LeaveOrganization, s3:GetObject]
    expect: allowed
  - name: closed
    policies: [if-region.json]
    action: s3:GetObject
    context: { "aws:RequestedRegion": eu-west-1, "aws:MultiFactorAuthPresent": true }
    expect: denied
`,
      "if-region.json": scp({
        Sid: "Far",
        Effect: "Deny",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
    });
    const { code, out } = await folder.run(["test", "--junit", "reports/results.xml"]);
    expect(code).toBe(1);
    expect(out).toContain("FAIL  open  a.policytest.yaml:14:5");
    expect(out).toContain("organizations:LeaveOrganization on *: expected allowed, got denied");
    expect(out).toContain("--> no-leave.json:4:5");
    expect(out).not.toContain("s3:GetObject on *: expected allowed");
    expect(out).toContain("s3:GetObject on *: expected denied, got allowed");
    expect(out).toContain("not denied by if-region.json, Far (if-region.json:4:5)");
    expect(out).toContain("4 tests: 2 passed, 2 failed");
    const junit = await readFile(join(folder.path, "reports/results.xml"), "utf8");
    expect(junit).toContain('tests="4" failures="2"');
    expect(junit).toContain('<testcase name="open" classname="a.policytest.yaml"');
  });

  test("--json gives every request; unknown is not denied", async () => {
    await folder.write({
      "a.policytest.yaml": `version: 1
tests:
  - { name: far, policies: [far.json], action: "s3:GetObject", expect: denied }
`,
      "far.json": scp({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
      }),
    });
    const { code, out } = await folder.run(["test", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      command: "test",
      result: {
        passed: 0,
        failed: 1,
        tests: [{ name: "far", line: 3, requests: [{ decision: "unknown", passed: false }] }],
      },
    });
  });

  test("says all that is wrong with a file at once, with places, and tests nothing", async () => {
    await folder.write({
      "a.policytest.yaml": `version: 1
tests:
  - name: one
    acount: Shop
    action: s3:*
    expect: deny
  - name: one
    account: Shop
    ou: Workloads
    action: s3:GetObject
    expect: denied
`,
    });
    const { code, out, err } = await folder.run(["test"]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("a.policytest.yaml:4:5");
    expect(err).toContain("did you mean `account`?");
    expect(err).toContain("a.policytest.yaml:5:13");
    expect(err).toContain("a.policytest.yaml:6:13");
    expect(err).toContain("write one of: `allowed`, `denied`, `unknown`");
    expect(err).toContain("two tests are called `one`");
    expect(err).toContain("the test has `account` and `ou`");
    expect(err).toContain("nothing was tested");
  });

  test("points at a place or a policy that is not there", async () => {
    await folder.write({
      "a.policytest.yaml": `version: 1
tests:
  - { name: a, account: Shp, action: "s3:GetObject", expect: denied }
  - { name: b, policies: [none.json], action: "s3:GetObject", expect: denied }
  - { name: c, ou: Root, principal: me, action: "s3:GetObject", expect: denied }
`,
    });
    const { code, err } = await folder.run(["test"]);
    expect(code).toBe(64);
    expect(err).toContain("a.policytest.yaml:3:25");
    expect(err).toContain("did you mean `Shop`?");
    expect(err).toContain("a.policytest.yaml:4:26");
    expect(err).toContain("a.policytest.yaml:5:37");
  });

  test("without any test, or with a file that is none", async () => {
    const none = await folder.run(["test", "nothing"]);
    expect(none.code).toBe(64);
    expect(none.err).toContain("there is no file or folder `nothing`");
    await folder.write({ "empty/x.txt": "" });
    const empty = await folder.run(["test", "empty"]);
    expect(empty.code).toBe(64);
    expect(empty.err).toContain("docs/policy-tests.md");
    const garbage = await folder.run(["test", "no-leave.json"]);
    expect(garbage.code).toBe(64);
  });

  test("the example's tests pass", async () => {
    const host = cliHost({ cwd: repositoryRoot });
    const config = ["--config", "examples/company/orgrail.yaml"];
    expect(await main(["test", "examples/company", ...config], host)).toBe(0);
    expect(host.out()).toMatch(/\d+ tests: \d+ passed\n$/);
  });

  test("--watch runs again after a change and ends with 130", async () => {
    const abort = new AbortController();
    const host = cliHost({ cwd: folder.path, signal: abort.signal });
    const ended = main(["test", "--watch"], host);
    const said = async (text: string): Promise<void> => {
      for (let tries = 0; tries < 200 && !host.out().includes(text); tries++) await sleep(25);
      expect(host.out()).toContain(text);
    };
    await said("2 passed");
    for (let tries = 0; tries < 200 && !host.err().includes("waiting"); tries++) await sleep(25);
    await sleep(50);
    await folder.write({ "no-leave.json": noLeave.replace("LeaveOrganization", "X") });
    await said("2 failed");
    abort.abort();
    expect(await ended).toBe(130);
  }, 30_000);
});
