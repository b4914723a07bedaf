import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import { changedSnapshot } from "../../../audit/example/snapshot.ts";
import { folderStorage } from "../../../store/object-storage.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { snapshotStore } from "../../../store/snapshot-store.ts";
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

test("judges the newest snapshot of a store, or the one of a time, and AWS only without either", async () => {
  const store = snapshotStore(folderStorage(join(folder, "history")));
  const broken = changedSnapshot({ "services/cloudtrail/trails/0/logging": false });
  await store.save({ ...broken, takenAt: "2025-11-01T00:00:00.000Z" }, {});
  await store.save({ ...changedSnapshot({}), takenAt: "2025-12-01T00:00:00.000Z" }, {});
  const run = async (...words: readonly string[]) => {
    const host = cliHost({ cwd: folder });
    const exit = await main(["audit", "--rule", "cloudtrail/logging", ...words, "--json"], host);
    return { exit, out: host.out(), err: host.err() };
  };
  const totals = async (...words: readonly string[]) => {
    const { takenAt, totals: found } = JSON.parse((await run(...words)).out).result;
    return `${takenAt.slice(0, 10)}: ${found.fail} fail, ${found.pass} pass`;
  };
  const fromStore = ["--store", "history"];
  expect(await totals(...fromStore)).toBe("2025-12-01: 0 fail, 1 pass");
  expect(await totals(...fromStore, "--at", "2025-11-15")).toBe("2025-11-01: 1 fail, 0 pass");
  expect((await run(...fromStore, "--at", "2025-10-01")).out).toContain("ORGRAIL5415");
  expect((await run(...fromStore, "--snapshot", "snapshot.json")).out).toContain("ORGRAIL5419");
  expect((await run("--at", "2025-11-15")).out).toContain("ORGRAIL5418");
});
