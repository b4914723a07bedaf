import { expect, test } from "vitest";
import type { Aws } from "../../aws/aws.ts";
import type { DesiredSink } from "../../core/desired.ts";
import type { Deps } from "../deps.ts";
import { openSinks } from "./watch-sinks.ts";

const deps = { clock: { now: () => 0 }, env: {} } as unknown as Deps;
const hub: DesiredSink = {
  name: "hub",
  target: { type: "security-hub", account: "222222222222", region: "us-east-1" },
};

function awsOf(caller: () => Promise<{ account: string }>): Aws {
  return { caller } as unknown as Aws;
}

test("a Security Hub of another account is refused: AWS takes no findings of it", async () => {
  const other = awsOf(async () => ({ account: "111111111111" }));
  await expect(openSinks(deps, [hub], "/", other)).rejects.toThrow(
    "the Security Hub of 222222222222, the credentials are of 111111111111",
  );
});

test("all sinks that cannot be opened are told at once", async () => {
  const slack: DesiredSink = { name: "slack", target: { type: "slack", address: { env: "NONE" } } };
  const plain = { type: "webhook", url: "http://hooks.example.com/x", allowHttp: false } as const;
  const opening = openSinks(deps, [slack, { name: "pager", target: plain }], "/", undefined);
  await expect(opening).rejects.toMatchObject({
    diagnostics: [
      { summary: expect.stringContaining("NONE is not set") },
      { summary: expect.stringContaining("is not encrypted") },
    ],
  });
});

test.each([
  ["of the caller's account", async () => ({ account: "222222222222" })],
  ["while nobody says who the caller is", () => Promise.reject(new Error("no route"))],
])("a Security Hub is taken %s", async (_, caller) => {
  expect(await openSinks(deps, [hub], "/", awsOf(caller))).toMatchObject([{ severity: "info" }]);
});
