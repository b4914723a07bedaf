import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { cliHost } from "../../test/support/cli-host.ts";
import { type Confirmation, canAsk, confirm } from "./ask.ts";
import type { Deps } from "./deps.ts";
import { paint } from "./paint.ts";

function deps(answer: string | undefined, members: Partial<Deps> = {}) {
  const host = cliHost({ terminal: true });
  const stream = new PassThrough();
  if (answer !== undefined) stream.end(answer);
  const made = {
    ...host,
    stdin: { isTerminal: true, stream },
    paint: paint(false),
    paintError: paint(false),
    global: {},
    ...members,
  } as unknown as Deps;
  return { deps: made, err: host.err };
}

const confirmation: Confirmation = {
  what: "make 2 changes",
  word: "o-exampleorg1",
  warnings: ["account Old is closed"],
};

test.each([
  ["o-exampleorg1\n", true],
  ["  o-exampleorg1  \n", true],
  ["yes\n", false],
  ["\n", false],
  ["", false],
])("the answer %j: %s", async (answer, expected) => {
  const asked = deps(answer);
  expect(await confirm(asked.deps, confirmation)).toBe(expected);
  expect(asked.err()).toContain("account Old is closed\n\nTo make 2 changes, type o-exampleorg1");
});

test.each([
  ["no terminal to read", { stdin: { isTerminal: false, stream: new PassThrough() } }],
  ["no terminal to write", { stderr: { isTerminal: false, columns: 80, write: () => undefined } }],
  ["CI", { env: { CI: "true" } }],
] as const)("refuses and names the flag: %s", async (_, members) => {
  const asked = deps("o-exampleorg1\n", members);
  expect(canAsk(asked.deps)).toBe(false);
  await expect(confirm(asked.deps, confirmation)).rejects.toMatchObject({
    exit: "usage",
    hint: expect.stringContaining("--yes"),
  });
});

test("Ctrl-C ends the question", async () => {
  const abort = new AbortController();
  const asked = deps(undefined, { signal: abort.signal });
  const answer = confirm(asked.deps, confirmation);
  abort.abort(new Error("interrupted"));
  await expect(answer).rejects.toThrow("interrupted");
});
