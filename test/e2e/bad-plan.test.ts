import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digest } from "../../src/core/digest.ts";
import { openExample } from "../../src/services/open-example.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { expectClear } from "./support/expect-clear.ts";
import { runInSandbox, type Spoken } from "./support/in-process.ts";

let home: string;
let folder: string;
let small: Sandbox;
let sandbox: Sandbox;
/** Text of a saved plan, and of the journal of an apply of it that was cut off after one change. */
let plan: string;
let journal: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "orgrail-bad-"));
  const template = join(home, "template");
  await mkdir(template);
  small = await openExample("small");
  await runInSandbox(small, template, ["init"]);
  const file = join(template, "orgrail.yaml");
  const units = ["One", "Two", "Three"].map((name) => `  - name: ${name}\n`).join("");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/^organizationalUnits:\n/m, (line) => line + units),
  );
  await runInSandbox(small, template, ["plan", "--out", "plan.json"]);
  plan = await readFile(join(template, "plan.json"), "utf8");
  await runInSandbox(small.copy(), template, ["apply", "plan.json", "--yes"]);
  const [name = ""] = await journals(template);
  const lines = (await readFile(join(template, ".orgrail", name), "utf8")).split("\n");
  const firstEnd = lines.findIndex((line) => line.includes('"kind":"end"'));
  journal = `${lines.slice(0, firstEnd + 1).join("\n")}\n`;
  await rm(join(template, ".orgrail"), { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(home, "work-"));
  await cp(join(home, "template"), folder, { recursive: true });
  sandbox = small.copy();
});
afterAll(() => rm(home, { recursive: true }));

async function journals(where: string): Promise<string[]> {
  return (await readdir(join(where, ".orgrail"))).filter((name) => name.endsWith(".ndjson"));
}

const run = (...args: string[]): Promise<Spoken> => runInSandbox(sandbox, folder, args);
const writes = (): readonly string[] =>
  sandbox.calls.filter(({ kind }) => kind === "write").map(({ operation }) => operation);
const flipBit = (text: string, at: number): Buffer => {
  const bytes = Buffer.from(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

describe("a saved plan that is", () => {
  test.each<[string, () => string | Buffer, string]>([
    ["empty", () => "", "is empty"],
    ["cut off", () => plan.slice(0, plan.length / 2), "not complete JSON"],
    ["changed by a bit", () => flipBit(plan, plan.indexOf("Three")), "digest does not fit"],
    [
      "of a later version",
      () => plan.replace('"schemaVersion": 1', '"schemaVersion": 7'),
      "version 7",
    ],
    ["another JSON", () => "[]", "not a plan file"],
    ["binary", () => Buffer.from([...Array(256).keys()]), "not complete JSON"],
    ["nested without end", () => "[".repeat(200_000), "not complete JSON"],
  ])("%s", async (_, make, said) => {
    await writeFile(join(folder, "plan.json"), make());
    const spoken = await run("apply", "plan.json", "--yes");
    expectClear(spoken, 64);
    expect(spoken.err).toContain("`plan.json` cannot be applied");
    expect(spoken.err).toContain(said);
    expect(spoken.err).toContain("orgrail plan --out FILE");
    expect(sandbox.calls).toEqual([]);
  });

  test.each([
    ["apply", "/dev/zero", "--yes"],
    ["plan", "--snapshot", "/dev/zero"],
    ["apply", ".", "--yes"],
  ])("no file: %s %s", async (...args) => {
    expectClear(await run(...args), 64);
    expect(sandbox.calls).toEqual([]);
  });
});

describe("the journal of an apply that was cut off", () => {
  const place = async (text: string | Buffer): Promise<void> => {
    const { plan: planned } = JSON.parse(plan);
    const name = `${planned.organizationId}-2026-01-01T000000000Z.journal.ndjson`;
    await mkdir(join(folder, ".orgrail"), { recursive: true });
    await writeFile(join(folder, ".orgrail", name), text);
  };
  const header = (change: object): string => {
    const [first = "", ...rest] = journal.split("\n");
    const entry = { ...JSON.parse(first).entry, ...change };
    return [JSON.stringify({ sum: digest(entry).slice(0, 16), entry }), ...rest].join("\n");
  };

  test.each<[string, () => string | Buffer, string]>([
    ["and changed by a bit", () => flipBit(journal, 500), "is damaged at line 1"],
    ["and overwritten", () => "\0\0\0garbage\n", "is damaged at line 1: it is no JSON"],
    ["and is of a later format", () => header({ schemaVersion: 9 }), "has format 9; this version"],
    ["and holds another plan", () => header({ plan: {} }), "its plan does not fit its digest"],
  ])("%s is not passed over, resumed or lost", async (_, make, said) => {
    await place(make());
    const [name = ""] = await journals(folder);
    const apply = await run("apply", "--yes");
    expectClear(apply, 1);
    expect(apply.err).toContain("an apply was interrupted, and its journal is damaged");
    expect(apply.err).toContain(said);
    const resume = await run("apply", "--resume", "--yes");
    expectClear(resume, 1);
    expect(resume.err).toContain(said);
    const doctor = await run("doctor");
    expect(doctor.out).toContain(said);
    expect(writes()).toEqual([]);
    const discard = await run("apply", "--discard", "--yes");
    expect(discard.code).toBe(0);
    expect(discard.err).toContain(`its journal is kept as .orgrail/${name}.discarded`);
    expect(writes()).toHaveLength(3);
  });

  test("in the midst of a line goes on from the line before", async () => {
    await place(journal.slice(0, -40));
    expect((await run("apply", "--yes")).code).toBe(1);
    expect(await run("apply", "--resume", "--yes")).toMatchObject({ code: 0 });
    expect(writes()).toEqual(Array(3).fill("CreateOrganizationalUnit"));
  });
});

describe("a place that cannot be written", () => {
  test.each<[readonly string[], string]>([
    [["apply", "--yes", "--state-dir", "orgrail.yaml"], "orgrail.yaml` is a file"],
    [["apply", "--yes", "--state-dir", "/proc/none/such"], "cannot make the directory"],
    [["apply", "--yes", "--state-dir", "/dev/full"], "`/dev/full` is a file"],
    [["plan", "--out", "."], "it is a directory"],
    [["plan", "--out", "/proc/plan.json"], "cannot write `/proc/plan.json`"],
    [["snapshot", "--out", "/proc/none/such/s.json"], "cannot make the directory"],
    [["init", "--out", "/proc/none/orgrail.yaml"], "nothing was written"],
  ])("%j", async (args, said) => {
    const spoken = await run(...args);
    expectClear(spoken, 1);
    expect(spoken.err).toContain(said);
    expect(writes()).toEqual([]);
  });

  test("init into a folder is refused before anything is written beside it", async () => {
    const inner = join(folder, "inner");
    await mkdir(inner);
    const spoken = await runInSandbox(sandbox, inner, ["init", "--force", "--out", "."]);
    expectClear(spoken, 64);
    expect(spoken.err).toContain("write it like `orgrail.yaml`");
    expect(await readdir(inner)).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual([
      "inner",
      "orgrail.yaml",
      "plan.json",
      "policies",
    ]);
  });
});

describe("--target", () => {
  test.each(["", "account:Nope", "]["])("%j that leads to nothing", async (target) => {
    const spoken = await run("plan", "--target", target);
    expectClear(spoken, 64);
    expect(spoken.err).toContain(`there is nothing at the address \`${target}\``);
    expect(spoken.err).not.toContain("was not saved");
  });
});
