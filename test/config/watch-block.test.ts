import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";

function problems(...sinks: readonly string[]): readonly string[] {
  const { diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text: ["version: 1", "watch:", "  sinks:", ...sinks.map((one) => `    - ${one}`), ""].join(
      "\n",
    ),
    readFile: () => undefined,
  });
  return diagnostics.map(({ summary, span }) => `${span?.start.line}: ${summary}`);
}

test("addresses that cannot be used are told with their places, all of them", () => {
  expect(
    problems(
      "{ type: webhook, name: a, url: nourl }",
      '{ type: webhook, name: b, url: "http://hooks.example.com/x" }',
      '{ type: webhook, name: c, url: "ftp://hooks.example.com/x" }',
      '{ type: webhook, name: d, url: "https://me:secret@hooks.example.com/x" }',
    ),
  ).toEqual([
    "4: the address is no URL",
    "5: `http` to hooks.example.com is not encrypted",
    "6: `ftp:` is not spoken",
    "7: the address holds a password",
  ]);
});

test("addresses of this machine, and those that are allowed, need no TLS", () => {
  expect(
    problems(
      '{ type: webhook, name: a, url: "http://127.0.0.1:8080/" }',
      '{ type: webhook, name: b, url: "http://[::1]:8080/" }',
      '{ type: webhook, name: c, url: "http://hooks.internal/", allowHttp: true }',
    ),
  ).toEqual([]);
});

test("what is written wrongly is not told as missing too", () => {
  expect(problems("{ type: sns, topic: findings }")).toEqual([
    "4: `topic`: `findings` is not valid",
  ]);
  expect(problems("{ type: sns }")).toEqual(["4: a sink of type `sns` needs `topic`"]);
});
