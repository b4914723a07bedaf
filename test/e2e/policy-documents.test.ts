import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PolicyFolder, policyFolder, scp } from "./support/policy-folder.ts";

const deny = (action: string | readonly string[], more: object = {}): object => ({
  Effect: "Deny",
  Action: action,
  Resource: "*",
  ...more,
});
const region = (value: string | readonly string[]): object => ({
  Condition: { StringNotEquals: { "aws:RequestedRegion": value } },
});

let folder: PolicyFolder;
beforeAll(async () => {
  folder = await policyFolder({
    "sound.json": scp(deny("ec2:RunInstances")),
    "typo.json": scp(deny("ec2:RunInstanzes")),
    "broken.json": '{"Version": "2012-10-17", "Statement": [}',
    "pair/one.json": scp(deny(["s3:GetObject"])),
    "pair/two.json": scp(deny(["ec2:RunInstances"])),
    "both.json": scp(deny(["ec2:RunInstances", "s3:GetObject"])),
    "old.json": scp(deny("ec2:*", region(["eu-west-1", "eu-west-2"]))),
    "new.json": scp(deny("ec2:*", region(["eu-west-1"]))),
    "tags.json": '{"tags": {"owner": {"tag_key": {"@@assign": "Owner"}}}}',
  });
});
afterAll(() => folder.remove());

describe("orgrail lint", () => {
  test("says nothing of a sound policy", async () => {
    const { code, out, err } = await folder.run(["lint", "sound.json"]);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "checked 1 policy: nothing found\n",
      err: "",
    });
  });

  test("shows findings with their place, and fails where it is asked to", async () => {
    const { code, out, err } = await folder.run(["lint", "typo.json"]);
    expect(code).toBe(0);
    expect(out).toContain("checked 1 policy: 1 warning");
    expect(err).toContain("warning[INVALID_ACTION]");
    expect(err).toContain("--> typo.json:");
    expect(err).toContain("did you mean `ec2:RunInstances`?");
    const fails = async (severity: string): Promise<number> =>
      (await folder.run(["lint", "typo.json", "--fail-on", severity])).code;
    expect(await fails("error")).toBe(0);
    expect(await fails("warning")).toBe(2);
    const allowed = await folder.run(["lint", "typo.json", "--allow", "INVALID_ACTION"]);
    expect(allowed.out).toContain("nothing found");
  });

  test("a document that is no JSON is a finding like any other", async () => {
    const { code, err } = await folder.run(["lint", "broken.json", "--fail-on", "error"]);
    expect(code).toBe(2);
    expect(err).toContain("--> broken.json:1:");
  });

  test("--json has the findings as diagnostics", async () => {
    const { out } = await folder.run(["lint", "typo.json", "sound.json", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      command: "lint",
      result: {
        files: [
          { file: "typo.json", type: "SERVICE_CONTROL_POLICY" },
          { file: "sound.json", type: "SERVICE_CONTROL_POLICY" },
        ],
        counts: { warning: 1 },
      },
      diagnostics: [{ code: "INVALID_ACTION", span: { file: "typo.json" } }],
    });
  });

  test("--format sarif is a log that code hosts take", async () => {
    const { out } = await folder.run(["lint", "typo.json", "broken.json", "--format", "sarif"]);
    const log = JSON.parse(out);
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    expect(run.tool.driver).toMatchObject({ name: "orgrail" });
    const rules: readonly { readonly id: string }[] = run.tool.driver.rules;
    expect(run.results.length).toBeGreaterThan(1);
    for (const result of run.results) {
      expect(["error", "warning", "note"]).toContain(result.level);
      expect(result.message.text).not.toBe("");
      if (result.ruleIndex !== undefined) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      const [{ physicalLocation }] = result.locations;
      expect(physicalLocation.artifactLocation.uri).toMatch(/^(typo|broken)\.json$/);
      expect(physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(physicalLocation.region.startColumn).toBeGreaterThan(0);
    }
  });

  test.each([
    [["lint", "none.json"], "there is no file or folder `none.json`"],
    [["lint", "sound.json", "--type", "SCP"], "`SCP` is no type of policy"],
    [["lint", ".git"], "holds no .json file"],
    [["lint"], "missing required argument"],
  ])("wrong usage: %j", async (argv, message) => {
    const { code, out, err } = await folder.run(argv);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(message);
  });
});

describe("orgrail policy diff", () => {
  test("splitting a policy changes nothing", async () => {
    const { code, out } = await folder.run([
      ...["policy", "diff", "pair", "both.json", "--detailed-exitcode"],
    ]);
    expect(code).toBe(0);
    expect(out).toContain("The policies mean the same.");
    expect(out).toContain("neither side allows anything");
  });

  test("says what is denied more widely, and why", async () => {
    const { code, out } = await folder.run([
      ...["policy", "diff", "old.json", "new.json", "--detailed-exitcode"],
    ]);
    expect(code).toBe(2);
    expect(out).toContain("- denied more widely");
    expect(out).toContain("ec2:*");
    expect(out).toContain("- eu-west-2");
    expect(out).toContain("in old.json:4:5 -> new.json:4:5");
    const { result } = JSON.parse(
      (await folder.run(["policy", "diff", "old.json", "new.json", "--json"])).out,
    );
    expect(result).toMatchObject({
      same: false,
      differences: [{ direction: "tightened", approximations: [] }],
    });
  });

  test("does not compare what cannot be understood", async () => {
    const { code, out, err } = await folder.run(["policy", "diff", "broken.json", "new.json"]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("broken.json:1:");
  });
});

describe("orgrail policy pack", () => {
  test("joins documents, proves them equal, and writes them", async () => {
    const { code, out } = await folder.run(["policy", "pack", "pair", "--out", "packed"]);
    expect(code).toBe(0);
    expect(out).toContain("2 documents");
    expect(out).toContain("become 1 document");
    expect(out).toMatch(/Proven equal over [\d,]+ actions/);
    expect(await readdir(join(folder.path, "packed"))).toEqual(["scp-1.json"]);
    const text = await readFile(join(folder.path, "packed/scp-1.json"), "utf8");
    expect(JSON.parse(text).Statement).toEqual([
      { Effect: "Deny", Action: ["ec2:RunInstances", "s3:GetObject"], Resource: "*" },
    ]);
    const same = await folder.run(["policy", "diff", "pair", "packed", "--detailed-exitcode"]);
    expect(same.code).toBe(0);
  });

  test("adds guardrails and leaves management policies alone", async () => {
    const { code, out } = await folder.run([
      ...["policy", "pack", "sound.json", "tags.json", "--json"],
      ...["--guardrail", "region-allow-list", "--param", "region-allow-list.regions=eu-west-1"],
      ...["--guardrail", "require-secure-transport"],
    ]);
    expect(code).toBe(0);
    const { packed, leftAlone } = JSON.parse(out).result;
    expect(packed).toMatchObject([
      { type: "SERVICE_CONTROL_POLICY", before: { documents: 2 }, after: { documents: 1 } },
      { type: "RESOURCE_CONTROL_POLICY", before: { documents: 1 }, after: { documents: 1 } },
    ]);
    expect(leftAlone).toEqual([{ name: "tags.json", type: "TAG_POLICY" }]);
  });

  test.each([
    [["policy", "pack"], "there is nothing to pack"],
    [["policy", "pack", "tags.json"], "`TAG_POLICY` cannot be packed"],
    [["policy", "pack", "--guardrail", "deny-rot-user"], "did you mean `deny-root-user`?"],
    [["policy", "pack", "--guardrail", "region-allow-list"], "needs the parameter `regions`"],
    [["policy", "pack", "pair", "--param", "regions=x"], "is a parameter of no guardrail"],
  ])("wrong usage: %j", async (argv, message) => {
    const { code, out, err } = await folder.run(argv);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(message);
  });
});
