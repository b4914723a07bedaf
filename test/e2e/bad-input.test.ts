import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { cliHost } from "../support/cli-host.ts";
import { expectClear, type Failed } from "./support/expect-clear.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-bad-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function validate(name: string): Promise<Failed> {
  const host = cliHost({ cwd: folder });
  const code = await main(["validate", name], host);
  return { code, out: host.out(), err: host.err() };
}

const own = 'version: 1\norganization: {managementAccountId: "111111111111"}\n';
const deep = (levels: number): string =>
  levels === 0 ? "" : `organizationalUnits: [{name: u${levels}, ${deep(levels - 1)}}]`;

/** A file, what is said of it, and where; the file is text, bytes, or made by a function. */
type Case = readonly [
  what: string,
  content: string | Uint8Array | ((path: string) => Promise<void> | void),
  said: readonly string[],
];

const unreadable: readonly Case[] = [
  ["a directory", (path) => mkdir(path).then(() => undefined), ["it is a directory"]],
  ["a pipe", (path) => void execFileSync("mkfifo", [path]), ["no plain file, but"]],
  ["a link to a device", (path) => symlink("/dev/zero", path), ["no plain file, but"]],
  ["a link to itself", (path) => symlink(path, path), ["link that leads to itself"]],
  ["a link to nothing", (path) => symlink("/nowhere", path), ["there is no configuration"]],
  [
    "three gigabytes",
    async (path) => {
      await writeFile(path, "");
      await truncate(path, 3_000_000_000);
    },
    ["2862 MB"],
  ],
];

const hostile: readonly Case[] = [
  ["nothing", "", ["ORGRAIL1003", ":1:1", "the file is empty"]],
  ["comments only", "# a\n", ["ORGRAIL1003", ":1:1"]],
  ["a scalar", "x", ["ORGRAIL1003", ":1:1", "not a mapping"]],
  ["50 MB", "a: b\n".repeat(10_000_000), ["ORGRAIL1001", "47.7 million characters"]],
  ["an image", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), ["ORGRAIL1002"]],
  ["Latin 1", new Uint8Array([...Buffer.from("version: 1 # caf"), 0xe9]), ["ORGRAIL1002", ":1:17"]],
  ["UTF-16", new Uint8Array(Buffer.from("\ufeffversion: 1", "utf16le")), ["ORGRAIL1002"]],
  ["half a character", `${own}root: {tags: {a: "\\ud800"}}`, ["lone surrogate", ":3:18"]],
  ["malformed YAML", "version: 1\nroot: {tags: [\n", ["ORGRAIL1004"]],
  ["tabs", "version: 1\nroot:\n\ttags: {}\n", ["tabs are not allowed", ":3:1"]],
  ["two documents", "version: 1\n---\nversion: 1\n", ["ORGRAIL1005", ":2:1"]],
  [
    "a bomb of aliases",
    `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghij"]
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[i]}`)}]\n`)
      .join("")}`,
    ["ORGRAIL1011"],
  ],
  ["100,000 brackets", "[".repeat(100_000), ["ORGRAIL10"]],
  ["another version", "version: 99\n", ["`version` cannot be `99`", ":1:10"]],
  [
    "ends of lines of Windows",
    "version: 1\r\nroot:\r\n  tag: {}\r\n",
    ["unknown key `tag`", ":3:3"],
  ],
  ["codes of a terminal", `${own}"\\e[2Jx": 1\n`, ["unknown key", ":3:1"]],
  [
    "a cycle",
    `${own}organizationalUnits: &a [{name: A, organizationalUnits: *a}]`,
    ["ORGRAIL1010"],
  ],
  ["six levels", `${own}${deep(6)}`, ["6 levels below the root", ":3:"]],
  [
    "an account in two units",
    `${own}organizationalUnits: [{name: A},{name: B}]\naccounts: [{name: X, email: x@example.com, organizationalUnit: [A, B]}]`,
    ["must be text, not a list", ":4:"],
  ],
  [
    "a unit that is not there",
    `${own}accounts: [{name: X, email: x@example.com, organizationalUnit: Nowhere}]`,
    ["no organizational unit `Nowhere`", ":3:64"],
  ],
  [
    "the management account closed",
    `${own}accounts: [{name: M, id: "111111111111", email: m@example.com, organizationalUnit: Root, close: true}]`,
    ["the management account cannot be closed"],
  ],
  [
    "an invalid policy",
    `${own}policies: [{name: a, type: SERVICE_CONTROL_POLICY, content: {Version: "2012-10-17", Statement: {Effect: Dny, Action: "*", Resource: "*"}}}]`,
    ["INVALID_EFFECT", ":3:105"],
  ],
  [
    "a policy of no known type",
    `${own}policies: [{name: a, type: TAGS_POLICY, content: {}}]`,
    ["did you mean `TAG_POLICY`?", ":3:28"],
  ],
  [
    "a policy that is too large",
    `${own}policies: [{name: a, type: SERVICE_CONTROL_POLICY, content: {a: ${"x".repeat(11_000)}}}]`,
    ["a SERVICE_CONTROL_POLICY may have 10240"],
  ],
  [
    "a policy in a device",
    `${own}policies: [{name: a, type: SERVICE_CONTROL_POLICY, file: /dev/zero}]`,
    ["`/dev/zero` cannot be read: it is no plain file", ":3:58"],
  ],
  [
    "a policy in a directory",
    `${own}policies: [{name: a, type: SERVICE_CONTROL_POLICY, file: /dev}]`,
    ["`/dev` cannot be read: it is a directory", ":3:58"],
  ],
  [
    "a policy that is not there",
    `${own}policies: [{name: a, type: SERVICE_CONTROL_POLICY, file: /nowhere/a.json}]`,
    ["`/nowhere/a.json` cannot be read: there is no such file", ":3:58"],
  ],
];

describe("a configuration that is", () => {
  test.each([...unreadable, ...hostile])("%s", async (what, content, said) => {
    const name = `${what.replaceAll(/[^a-z0-9]/gi, "-")}.yaml`;
    const path = join(folder, name);
    if (typeof content === "function") await content(path);
    else await writeFile(path, content);
    const ran = await validate(name);
    expectClear(ran, 64);
    for (const one of said) expect(ran.err).toContain(one);
    expect(ran.err).toContain(name);
    expect(ran.out).toBe("");
  });

  test("wrong in many ways says all of them at once, in order", async () => {
    const text = `${own}organizationalUnits: [{name: A},{name: A}]
accounts:
  - {name: X, email: a@example.com, organizationalUnit: A}
  - {name: X, email: A@Example.com, organizationalUnit: A}
  - {name: Y, id: "222222222222", email: y@example.com, organizationalUnit: A}
  - {name: Z, id: "222222222222", email: z@example.com, organizationalUnit: A}
extra: 1
`;
    await writeFile(join(folder, "many.yaml"), text);
    const ran = await validate("many.yaml");
    expectClear(ran, 64);
    expect([...ran.err.matchAll(/many\.yaml:(\d+):\d+/g)].map(([, line]) => Number(line))).toEqual([
      3, 6, 6, 8, 9,
    ]);
  });
});
