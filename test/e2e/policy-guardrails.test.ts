import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardrailNames, resolveGuardrail } from "../../src/policy/guardrails/resolve-guardrail.ts";
import { writeSnapshotFile } from "../../src/store/snapshot-file.ts";
import { snapshotOf } from "../plan/builders.ts";
import { type PolicyFolder, policyFolder } from "./support/policy-folder.ts";

let folder: PolicyFolder;
beforeAll(async () => {
  folder = await policyFolder();
  await writeSnapshotFile(join(folder.path, "snapshot.json"), snapshotOf({}));
});
afterAll(() => folder.remove());

describe("orgrail guardrails", () => {
  test("lists all of them, or those of a type", async () => {
    const all = await folder.run(["guardrails", "--json"]);
    const { guardrails } = JSON.parse(all.out).result;
    expect(guardrails.map(({ name }: { name: string }) => name).sort()).toEqual(guardrailNames);
    const rcps = await folder.run(["guardrails", "--type", "RESOURCE_CONTROL_POLICY"]);
    expect(rcps.out).toContain("data-perimeter-organization");
    expect(rcps.out).not.toContain("deny-root-user");
  });

  test("shows one: why, parameters, what it does, how to name it", async () => {
    const { out, code } = await folder.run(["guardrails", "region-allow-list"]);
    expect(code).toBe(0);
    expect(out).toContain("regions  list of texts, must be given");
    expect(out).toContain("denies: an instance elsewhere");
    expect(out).toContain("guardrail: region-allow-list");
  });

  test("builds the document with parameters of every kind", async () => {
    const built = async (...argv: string[]): Promise<unknown> => {
      const { out, code } = await folder.run(["guardrails", ...argv]);
      expect(code).toBe(0);
      return JSON.parse(out);
    };
    expect(
      await built("region-allow-list", "--param", "regions=eu-west-1, eu-central-1"),
    ).toMatchObject({
      Statement: [
        {
          Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
        },
      ],
    });
    expect(await built("deny-organizations-actions", "--param", "allowReads=false")).toMatchObject({
      Statement: [{ Action: ["organizations:*"] }],
    });
    expect(await built("ec2-baseline", "--param", "httpPutResponseHopLimit=1")).toMatchObject({
      ec2_attributes: {
        instance_metadata_defaults: { http_put_response_hop_limit: { "@@assign": "1" } },
      },
    });
    expect(await built("deny-root-user", "--document")).toMatchObject({ Version: "2012-10-17" });
  });

  test.each([
    [["guardrails", "deny-rot-user"], "did you mean `deny-root-user`?"],
    [["guardrails", "region-allow-list", "--document"], "needs the parameter `regions`"],
    [["guardrails", "region-allow-list", "--param", "regions=Ireland"], "does not take `Ireland`"],
    [["guardrails", "region-allow-list", "--param", "regions"], "`regions` gives no parameter"],
    [["guardrails", "--param", "a=b"], "--param and --document need a guardrail"],
    [
      ["guardrails", "ec2-baseline", "--param", "httpPutResponseHopLimit=x"],
      "must be a whole number",
    ],
  ])("wrong usage: %j", async (argv, message) => {
    const { code, out, err } = await folder.run(argv);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(message);
  });
});

describe("a guardrail in the configuration", () => {
  const config = (parameters: string): string => `version: 1
policies:
  - name: Regions
    guardrail: region-allow-list
    parameters:
${parameters}
    attach: [Root]
`;
  const plan = ["plan", "--snapshot", "snapshot.json", "--json"];

  test("is planned with its document, and what reads it back agrees", async () => {
    await folder.write({ "orgrail.yaml": config("      regions: [eu-west-1]") });
    const { out, code } = await folder.run(plan);
    expect(code, out).toBe(0);
    const { changes } = JSON.parse(out).result.plan ?? JSON.parse(out).result;
    const create = changes.find(
      ({ operation }: { operation: string }) => operation === "CreatePolicy",
    );
    const { content } = resolveGuardrail("region-allow-list", { regions: ["eu-west-1"] });
    expect(create.input).toMatchObject({
      Name: "Regions",
      Type: "SERVICE_CONTROL_POLICY",
      Content: content,
    });
    const ask = ["can", "role/A", "ec2:RunInstances", "--ou", "Root", "--json"];
    const asked = await folder.run([...ask, "--context", "aws:RequestedRegion=us-east-2"]);
    expect(JSON.parse(asked.out).result.decision).toBe("explicitDeny");
  });

  test("points at every wrong parameter", async () => {
    const parameters = "      regions: [Ireland]\n      exempt: 1";
    await folder.write({ "orgrail.yaml": config(parameters) });
    const { err, code } = await folder.run(["validate"]);
    expect(code).toBe(64);
    expect(err).toContain("orgrail.yaml:6:16");
    expect(err).toContain("does not take `Ireland`");
    expect(err).toContain("orgrail.yaml:7:15");
    expect(err).toContain("has no parameter `exempt`");
    expect(err).toContain("`orgrail.yaml` has 2 errors");
  });

  test("names the guardrail that was meant", async () => {
    await folder.write({
      "orgrail.yaml": "version: 1\npolicies:\n  - { name: A, guardrail: deny-rot-user }\n",
    });
    const { err, code } = await folder.run(["validate"]);
    expect(code).toBe(64);
    expect(err).toContain("did you mean `deny-root-user`?");
  });
});
