import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import { changedSnapshot } from "../../../audit/example/snapshot.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { main } from "../../main.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-audit-"));
  const broken = changedSnapshot({
    "services/cloudtrail/trails/0/logging": false,
    "services/s3/byAccount/444444444444": null,
  });
  await writeSnapshotFile(join(folder, "snapshot.json"), broken);
  await writeFile(
    join(folder, "orgrail.yaml"),
    [
      "version: 1",
      'organization: {id: o-aaaaaaaaaa, managementAccountId: "111111111111"}',
      "audit:",
      "  exceptions:",
      "    - {rule: s3/*, account: Shop, owner: web, reason: public site, expires: 2999-12-31}",
      "    - {rule: cloudtrail/logging, owner: ops, reason: move, expires: 2020-01-31}",
      "",
    ].join("\n"),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function audit(...words: readonly string[]) {
  const host = cliHost({ cwd: folder });
  const exit = await main(["audit", "--snapshot", "snapshot.json", ...words], host);
  return { exit, out: host.out(), err: host.err() };
}

test("counts what is excepted apart, and says which exceptions expired", async () => {
  const { exit, out } = await audit("--json", "--fail-on", "critical");
  const { result, diagnostics } = JSON.parse(out);
  expect(exit).toBe(2);
  expect(result.totals).toMatchObject({ fail: 1, excepted: 1 });
  expect(result.expiredExceptions).toBe(1);
  expect(diagnostics).toMatchObject([{ code: "ORGRAIL5421" }]);
});

test("chooses by rule, account and status", async () => {
  const { exit, out } = await audit("--account", "Shop", "--status", "fail", "--fail-on", "info");
  expect(out.replace(/\s+/g, " ")).toContain("public site, web until 2999-12-31");
  expect(out).toContain("0 fail, 0 pass, 0 unknown, 0 not applicable, 1 excepted");
  expect(exit).toBe(0);
  expect((await audit("--rule", "cloudtrail/loging")).err).toContain("cloudtrail/logging");
});

test.each(["jsonl", "csv", "html", "junit", "ocsf", "sarif"])("writes %s", async (format) => {
  const { out } = await audit("--format", format, "--rule", "cloudtrail/logging");
  expect(out).toContain("cloudtrail/logging");
});
