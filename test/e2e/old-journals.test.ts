import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openExample } from "../../src/services/open-example.ts";
import { finishedJournalsKept, newJournalPath } from "../../src/store/journal-directory.ts";
import { runInSandbox } from "./support/in-process.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-journals-"));
});
afterEach(() => rm(folder, { recursive: true }));

const journals = async (): Promise<string[]> =>
  (await readdir(join(folder, ".orgrail"))).filter((name) => name.endsWith(".ndjson")).sort();

async function addUnit(name: string): Promise<void> {
  const file = join(folder, "orgrail.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/^organizationalUnits:\n/m, (line) => `${line}  - name: ${name}\n`),
  );
}

test("an apply leaves its journal and the newest of those before it", async () => {
  const sandbox = await openExample("small");
  await runInSandbox(sandbox, folder, ["init"]);
  await addUnit("One");
  await runInSandbox(sandbox, folder, ["apply", "--yes"]);
  const [first = ""] = await journals();
  const state = join(folder, ".orgrail");
  const organizationId = first.slice(0, first.indexOf("-", "o-".length));
  for (let day = 1; day <= finishedJournalsKept + 3; day += 1) {
    await copyFile(
      join(state, first),
      newJournalPath(state, organizationId, Date.UTC(2020, 0, day)),
    );
  }
  const before = await journals();
  await addUnit("Two");
  expect(await runInSandbox(sandbox, folder, ["apply", "--yes"])).toMatchObject({ code: 0 });
  const after = await journals();
  expect(after).toHaveLength(finishedJournalsKept);
  expect(after.slice(0, -1)).toEqual(before.slice(1 - finishedJournalsKept));
  expect(before).not.toContain(after.at(-1));
});
