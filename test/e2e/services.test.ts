import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openExample } from "../../src/services/open-example.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { runInSandbox } from "./support/in-process.ts";

let folder: string;
let small: Sandbox;
let written: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-services-"));
  small = await openExample("small");
  await runInSandbox(small, folder, ["init"]);
  written = await readFile(join(folder, "orgrail.yaml"), "utf8");
});
beforeEach(() => rm(join(folder, ".orgrail"), { recursive: true, force: true }));
afterAll(() => rm(folder, { recursive: true }));

async function withBlocks(blocks: string): Promise<void> {
  await writeFile(join(folder, "orgrail.yaml"), written);
  await appendFile(join(folder, "orgrail.yaml"), `services:\n${blocks}`);
}

const guardDuty = `
  guardduty:
    delegatedAdministrator: Audit
    features: { S3_DATA_EVENTS: ALL }
`;

describe("a block of a service", () => {
  test("is planned field by field, with the reason and the place in the file", async () => {
    await withBlocks(guardDuty);
    const { code, out } = await runInSandbox(small.copy(), folder, ["plan"]);
    expect(code).toBe(0);
    expect(out).toContain("guardduty");
    expect(out).toMatch(/because .*\(orgrail\.yaml:\d+\)/s);
    expect(out).toMatch(/S3_DATA_EVENTS.*ALL/);
    expect(out).toMatch(/Plan: \d+ to add, \d+ to change, 0 to destroy\./);
  });

  test("is applied, and drift then finds nothing, until somebody tampers with it", async () => {
    await withBlocks(guardDuty);
    const sandbox = small.copy();
    const applied = await runInSandbox(sandbox, folder, ["apply", "--yes"]);
    expect(applied).toMatchObject({
      code: 0,
      out: expect.stringContaining("as the file wants it"),
    });
    const quiet = await runInSandbox(sandbox, folder, ["drift", "--detailed-exitcode"]);
    expect(quiet.code).toBe(0);
  });

  test("that one account refuses leaves exit code 3, says where, and is finished later", async () => {
    await withBlocks(guardDuty);
    const sandbox = small.copy();
    const mend = sandbox.faults.add({
      name: "accessDenied",
      service: "guardduty",
      operation: "UpdateOrganizationConfiguration",
    });
    const first = await runInSandbox(sandbox, folder, ["apply", "--yes"]);
    expect(first.code).toBe(3);
    expect(first.err).toContain("guardduty:UpdateOrganizationConfiguration");
    expect(first.err).toMatch(/Audit/);
    mend();
    const second = await runInSandbox(sandbox, folder, ["apply", "--yes"]);
    expect(second.code).toBe(0);
  });

  test("with mistakes gives all of them at once, each with its place", async () => {
    await withBlocks(`
  guardduty: { delegatedAdministrator: Nobody, regions: [us-east-1, mars-north-1], excludeAccounts: [Ghost] }
  macie2: { delegatedAdministrator: Management, regions: [me-central-1] }
  guardduti: {}
`);
    const { code, err } = await runInSandbox(small.copy(), folder, ["validate"]);
    expect(code).toBe(64);
    expect(err).toContain("there is no account `Nobody` in the file");
    expect(err).toContain("there is no account `Ghost` in the file");
    expect(err).toContain("`mars-north-1`");
    expect(err).toContain("the management account cannot be the delegated administrator of");
    expect(err).toContain("is not offered in `me-central-1`");
    expect(err).toContain("did you mean `guardduty`?");
    expect(err.match(/--> orgrail\.yaml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(6);
  });
});
