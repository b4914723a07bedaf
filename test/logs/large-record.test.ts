import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../src/aws/system-clock.ts";
import { main } from "../../src/cli/main.ts";
import { example, organizationCall } from "../../src/detect/example/event.ts";
import { trailPath } from "../../src/logs/test-support/sample-events.ts";
import { cliHost } from "../support/cli-host.ts";

const bytes = 50_000_000;
const account = example.management;
const request = { policyId: example.otherPolicy, targetId: example.root };
const detach = (eventID: string, more: object = {}) => ({
  ...organizationCall("DetachPolicy", { ...request, ...more }),
  eventID,
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-large-"));
  const write = async (name: string, text: string): Promise<void> => {
    const path = join(folder, "logs", trailPath(account, "us-east-1", "2026-11-02", name));
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, gzipSync(text, { level: 1 }));
  };
  const filler = "x".repeat(bytes);
  const large = detach("large", { filler });
  await write("a", JSON.stringify({ Records: [detach("before"), large, detach("after")] }));
  // Cut off within its second record.
  const cut = detach("cut", { filler: "x".repeat(100_000) });
  const whole = JSON.stringify({ Records: [detach("first"), cut] });
  await write("b", whole.slice(0, -1_000));
});
afterAll(() => rm(folder, { recursive: true }));

async function orgrail(...words: readonly string[]) {
  const host = { ...cliHost({ cwd: folder }), clock: systemClock };
  const code = await main(words, host);
  return { code, out: host.out(), err: host.err() };
}

/** Events that findings, a JSON object a line, tell of. */
function foundIn(lines: string): readonly string[] {
  return lines
    .trim()
    .split("\n")
    .map(
      (line) => (JSON.parse(line) as { evidence: { source?: string }[] }).evidence[0]?.source ?? "",
    )
    .sort();
}

const wanted = ["after", "before", "first", "large"];

test("a record of 50 MB is judged, and one that is cut off hides nothing beside it", async () => {
  const { out, err } = await orgrail("detect", "logs", "--format", "jsonl");
  expect(foundIn(out)).toEqual(wanted);
  // Findings say what is needed of an event, however large it is.
  expect(out.length).toBeLessThan(20_000);
  expect(err).toContain("it is no JSON, or cut off");
});

test("`watch` takes it too, and keeps what is cut off aside", async () => {
  const { code, out } = await orgrail(
    ...["watch", "logs", "--once", "--listen", "off", "--format", "jsonl"],
  );
  expect({ code, found: foundIn(out) }).toEqual({ code: 0, found: wanted });
  const letters = await readdir(join(folder, ".orgrail", "watch", "dead-letters"));
  expect(letters.filter((name) => name.endsWith(".json"))).toHaveLength(1);
});

test("the lake leaves out what is larger than it takes, keeps its beginning, and says so", async () => {
  const { code, out: told } = await orgrail("logs", "ingest", "logs", "--lake", "lake");
  expect(code).toBe(3);
  expect(told).toContain("2 records could not be read");
  const rejected = join(folder, "lake", "rejected");
  const texts = await Promise.all(
    (await readdir(rejected)).map((name) => readFile(join(rejected, name), "utf8")),
  );
  expect(texts.join("")).toContain("48 MiB");
  const { code: asked, out, err } = await orgrail("detect", "--lake", "lake", "--format", "jsonl");
  expect({ asked, found: foundIn(out) }).toEqual({ asked: 3, found: ["after", "before", "first"] });
  expect(err).toContain("2 records could not be read when the logs were ingested");
});
