import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/engine/diagnose.ts";
import type { Check } from "../../src/engine/diagnosis.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { connect, original } from "./connect.ts";

const options = { nodeVersion: "20.20.2" };

function find(checks: readonly Check[], id: string): Check | undefined {
  return checks.find((check) => check.id === id);
}

describe("diagnose", () => {
  it("finds all in order in the management account", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const checks = await diagnose({ aws: connect(sandbox) }, options);
    expect(checks.filter(({ status }) => status === "problem")).toEqual([]);
    expect(find(checks, "identity")?.detail).toContain("111111111111");
    expect(find(checks, "standing")).toMatchObject({ detail: "the management account" });
    expect(find(checks, "features")).toMatchObject({ status: "ok" });
    expect(find(checks, "permission:organizations:ListTargetsForPolicy")?.status).toBe("ok");
    expect(find(checks, "permission:account:GetAlternateContact")?.status).toBe("ok");
    expect(sandbox.calls.filter(({ kind }) => kind === "write")).toEqual([]);
  });

  it("names each permission that is missing", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    sandbox.faults.add({
      name: "accessDenied",
      operation: ["ListRoots", "DescribeResourcePolicy"],
    });
    const checks = await diagnose({ aws: connect(sandbox) }, options);
    for (const operation of ["ListRoots", "DescribeResourcePolicy"]) {
      expect(find(checks, `permission:organizations:${operation}`)).toMatchObject({
        status: "problem",
        gap: { missingPermission: `organizations:${operation}` },
        hint: expect.stringContaining(`organizations:${operation}`),
      });
    }
    expect(find(checks, "permission:organizations:ListAccounts")?.status).toBe("ok");
  });

  it("tells a member from a delegated administrator", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const standing = async (account: string): Promise<Check | undefined> => {
      const roleArn = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
      const aws = connect(sandbox, { roleChain: [{ roleArn }] });
      return find(await diagnose({ aws }, options), "standing");
    };
    expect(await standing("200000000002")).toMatchObject({ status: "problem" });
    expect(await standing("200000000001")).toMatchObject({ status: "warning" });
  });

  it("ends at credentials that are not valid, and at no organization", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong" };
    const checks = await diagnose({ aws: connect(sandbox, { credentials }) }, options);
    expect(find(checks, "identity")).toMatchObject({ status: "problem" });
    expect(find(checks, "organization")).toBeUndefined();
    const alone = await diagnose({ aws: connect(openSandbox()) }, options);
    expect(find(alone, "organization")).toMatchObject({ status: "problem" });
    expect(find(alone, "standing")).toBeUndefined();
  });

  it.each([
    ["18.19.0", "problem"],
    ["20.18.3", "problem"],
    ["20.20.2", "warning"],
    ["22.12.0", "ok"],
  ])("knows Node.js %s: %s", async (nodeVersion, status) => {
    const checks = await diagnose({ aws: connect(openSandbox()) }, { nodeVersion });
    expect(find(checks, "runtime")?.status).toBe(status);
  });
});
