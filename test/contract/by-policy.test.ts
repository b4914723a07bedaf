import { expect, test } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import { ec2Baseline } from "../../src/policy/guardrails/ec2-baseline.ts";
import { s3BlockPublicAccess } from "../../src/policy/guardrails/s3-block-public-access.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, planFor } from "./contract-world.ts";

test.each<[string, JsonObject, JsonObject, string]>([
  [
    "s3",
    { publicAccessBlock: { via: "policy" } },
    {
      name: "BlockPublicS3",
      type: "S3_POLICY",
      content: s3BlockPublicAccess.document({}) as JsonObject,
      attach: ["Root"],
    },
    "ORGRAIL3191",
  ],
  [
    "ec2",
    { instanceMetadata: {}, snapshots: {}, images: {}, serialConsole: {} },
    {
      name: "Ec2Baseline",
      type: "DECLARATIVE_POLICY_EC2",
      content: ec2Baseline.document({
        internetGatewayBlock: "off",
        httpPutResponseHopLimit: 2,
        exceptionMessage: "Ask security.",
      }) as JsonObject,
      attach: ["Root"],
    },
    "ORGRAIL3192",
  ],
])(
  "%s by a policy of the file is covered at the next plan, without a call",
  async (id, block, policy, code) => {
    const sandbox = contractSandbox();
    const configured = await configure(id, { block, file: { policies: [policy] } });
    const first = await planFor(sandbox, configured);
    expect(first.diagnostics.map((one) => one.code)).toContain(code);
    expect(first.changes.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(["EnablePolicyType", "CreatePolicy", "AttachPolicy"]),
    );
    const { outcomes } = await applyTo(sandbox, first);
    expect(outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    const second = await planFor(sandbox, configured);
    expect(second.changes).toEqual([]);
    expect(second.diagnostics.map((one) => one.code)).not.toContain(code);
    expect(sandbox.calls.filter(({ service }) => ["ec2", "s3-control"].includes(service))).toEqual(
      [],
    );
  },
);
