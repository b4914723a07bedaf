import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, commandLine } from "./support/command-line.ts";

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.remove());

test("the demo tells its story, asks nothing and leaves nothing behind", async () => {
  const { code, out, err } = await cli.run(["demo"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/7\. Close it\n/);
  expect(out).toContain("explicit deny in a service control policy");
  expect(out).toContain("has payments-prod as a member: us-east-1: Enabled, us-west-2: Enabled");
  expect(out).toContain("Drift: 1 missing, 1 different, 0 against the file.");
  expect(out).toContain("detached the protected policy `protect-cloudtrail`");
  expect(out).toMatch(/\d calls by 1 principal in 1 account would be denied\./);
  expect(out.split("\n").length).toBeLessThan(240);
  expect(out.split("\n").filter((line) => line.length > 120)).toEqual([]);
}, 180_000);

test("with --json it is one document with the exit code of every command", async () => {
  const { code, out } = await cli.run(["demo", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out).result.steps).toEqual([
    { command: "init", exit: 0 },
    { command: "plan", exit: 0 },
    { command: "plan --out plan.json", exit: 0 },
    { command: "apply plan.json --yes", exit: 0 },
    { command: "drift --detailed-exitcode", exit: 2 },
    { command: "apply --yes", exit: 0 },
    { command: "drift --detailed-exitcode", exit: 0 },
    { command: "collect --tier full", exit: 0 },
    { command: "coverage --by service", exit: 3 },
    { command: "plan --out services.json", exit: 0 },
    { command: "apply services.json --yes", exit: 0 },
    { command: "collect --tier full", exit: 0 },
    { command: "coverage --by service", exit: 3 },
    { command: "apply --yes", exit: 0 },
    { command: "drift --detailed-exitcode", exit: 0 },
    { command: "snapshot --out today.json", exit: 0 },
    {
      command: "detect s3://segment-cloudtrail/AWSLogs --snapshot today.json --fail-on high",
      exit: 2,
    },
    { command: "apply --yes", exit: 0 },
    {
      command:
        "impact regions.json --target Root s3://segment-cloudtrail/AWSLogs --snapshot today.json --fail-on denied",
      exit: 2,
    },
  ]);
}, 180_000);
