import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliHost, type TestHostOptions } from "../../../../test/support/cli-host.ts";
import { example, organizationCall } from "../../../detect/example/event.ts";
import { main } from "../../main.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-watch-cli-"));
  await mkdir(join(folder, "logs"));
  const request = { policyId: example.otherPolicy, targetId: example.root };
  const event = { ...organizationCall("DetachPolicy", request), eventID: "e1" };
  await writeFile(
    join(folder, "logs", "a.json.gz"),
    gzipSync(JSON.stringify({ Records: [event, event] })),
  );
  await writeFile(join(folder, "logs", "cut.json.gz"), gzipSync("x".repeat(5_000)).subarray(0, 20));
});
afterAll(() => rm(folder, { recursive: true }));

async function watch(
  words: readonly string[],
  options: TestHostOptions = {},
): Promise<{ code: number; out: string; err: string }> {
  const host = cliHost({ cwd: folder, ...options });
  const code = await main(["watch", ...words], host);
  return { code, out: host.out(), err: host.err() };
}

const config = (...lines: readonly string[]): Promise<void> =>
  writeFile(
    join(folder, "orgrail.yaml"),
    [
      "version: 1",
      `organization: {id: ${example.organization}, managementAccountId: "${example.management}"}`,
      ...lines,
      "",
    ].join("\n"),
  );

describe("orgrail watch", () => {
  test("tells a finding once, on its output and in a file, and keeps what it cannot read", async () => {
    const args = ["logs", "--once", "--listen", "off", "--format", "jsonl", "--out", "found.jsonl"];
    const first = await watch(args);
    expect({ code: first.code, err: first.err }).toEqual({
      code: 0,
      err: expect.stringContaining(" events, 1 finding"),
    });
    expect(JSON.parse(first.out)).toMatchObject({ rule: "organizations/detach-policy" });
    expect(await readFile(join(folder, "found.jsonl"), "utf8")).toBe(first.out);
    expect(first.err).toContain("kept in the dead letters");
    expect((await watch(args)).out).toBe("");
  });

  test("takes sources and sinks from the configuration", async () => {
    await config(
      "watch:",
      "  sources: [logs]",
      "  sinks: [{type: file, path: mine/all.ocsf, format: ocsf, severity: high}]",
    );
    const { code, out } = await watch(["--once", "--listen", "off", "--state-dir", "other"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    const [line = ""] = (await readFile(join(folder, "mine/all.ocsf"), "utf8")).split("\n");
    expect(JSON.parse(line)).toMatchObject({ class_uid: 2004 });
    await rm(join(folder, "orgrail.yaml"));
  });

  test.each([
    [[], "ORGRAIL5370", "there is nothing to watch"],
    [["nowhere"], "ORGRAIL5371", "is no queue, no place in S3 and no folder"],
    [["logs", "--listen", "nowhere:x"], "ORGRAIL5374", "is no address"],
    [["logs", "--webhook", "http://hooks.example.com/"], "ORGRAIL4380", "is not encrypted"],
    [["logs", "--slack"], "ORGRAIL5372", "ORGRAIL_WATCH_SLACK_ADDRESS is not set"],
    [["logs", "--topic", "findings"], "ORGRAIL5373", "is no ARN of a topic"],
    [["logs", "--hub", "x"], "ORGRAIL5304", "--hub is `x`"],
    [["s3://No_Bucket/x"], "ORGRAIL4301", "is no place in S3"],
    [["logs", "--rule", "organization/*"], "ORGRAIL5300", "there is no rule"],
  ])("%j is refused", async (words, code, why) => {
    const { err, code: exit } = await watch(words as string[]);
    expect(exit).toBe(64);
    expect(err).toContain(`error[${code}]`);
    expect(err).toContain(why);
  });

  test("a secret is in no message", async () => {
    const env = { ORGRAIL_WATCH_SLACK_ADDRESS: "ftp://s3cret.example.com/T0/B0" };
    const { err, code } = await watch(["logs", "--slack"], { env });
    expect(code).toBe(64);
    expect(err).not.toContain("s3cret");
  });

  test("no two sinks have one name: what one had taken would be noted for both", async () => {
    await config("watch:", "  sinks: [{type: file, name: out, path: mine/a.jsonl}]");
    const { err, code } = await watch(["logs", "--once", "--listen", "off", "--out", "b.jsonl"]);
    await rm(join(folder, "orgrail.yaml"));
    expect(code).toBe(64);
    expect(err).toContain("two sinks are called `out`");
  });

  test.each([
    ["{type: webhook}", "needs `url`"],
    ["{type: slack, address: {}}", "in a variable or in a file"],
    ["{type: sns, topic: 'arn:aws:sns:us-east-1:111122223333:t', url: x}", "has no `url`"],
    ["{type: file, path: x, format: text}", "not as text"],
    ["{type: pager}", "pager"],
  ])("a sink %s is reported with its place", async (sink, why) => {
    await config("watch:", `  sinks: [${sink}]`);
    const { err, code } = await watch(["logs", "--once", "--listen", "off"]);
    await rm(join(folder, "orgrail.yaml"));
    expect(code).toBe(64);
    expect(err).toContain(why);
    expect(err).toContain("orgrail.yaml:4");
  });
});

describe("orgrail watch deploy", () => {
  test("writes the template, once unless told to overwrite it", async () => {
    const { code, out } = await watch(["deploy", "--organization", "o-abc1234567", "--kms"]);
    expect(code).toBe(0);
    expect(out).toContain("aws cloudformation deploy --region us-east-1");
    const template = JSON.parse(await readFile(join(folder, "orgrail-watch.json"), "utf8"));
    expect(Object.keys(template.Outputs)).toContain("BusArn");
    expect((await watch(["deploy"])).err).toContain("ORGRAIL5375");
    expect((await watch(["deploy", "--force", "--rule", "organizations/*"])).out).toContain(
      "1 rule of EventBridge",
    );
  });

  test("tells of both steps for the Regions of the configuration, but the bus's own", async () => {
    await writeFile(
      join(folder, "orgrail.yaml"),
      [
        "version: 1",
        "organization:",
        `  id: ${example.organization}`,
        `  managementAccountId: "${example.management}"`,
        "  governedRegions: [us-east-1, eu-west-1, eu-central-1]",
        "",
      ].join("\n"),
    );
    const bus = "arn:aws:events:us-east-1:111122223333:event-bus/orgrail-watch";
    const { out } = await watch(["deploy", "--forward-to", bus, "--out", "f.json"]);
    await rm(join(folder, "orgrail.yaml"));
    expect(out).toContain("regions: [us-east-1, eu-west-1, eu-central-1]");
    expect(out).toContain("A stack set reaches no management account");
    expect(out).toContain(
      [
        "for region in eu-west-1 eu-central-1; do",
        '  aws cloudformation deploy --region "$region" --stack-name orgrail-watch-forward \\',
        "    --template-file f.json --capabilities CAPABILITY_IAM",
        "done",
      ].join("\n"),
    );
  });

  test.each([
    ["*", 64],
    ["watcher", 64],
    ["arn:aws:iam::111122223333:role/*", 64],
    ["arn:aws:iam::111122223333:role/path/watcher", 0],
    ["arn:aws:iam::111122223333:root", 0],
  ])("a role that %s may take ends with %i", async (principal, code) => {
    const args = ["deploy", "--principal", principal, "--out", "role.json", "--force"];
    expect((await watch(args)).code).toBe(code);
  });

  test("writes what sends events there, and refuses what is no bus", async () => {
    const bus = "arn:aws:events:us-east-1:111122223333:event-bus/orgrail-watch";
    const { out } = await watch(["deploy", "--forward-to", bus, "--out", "forward.json"]);
    expect(out).toContain("organizationalUnits: [Root]");
    expect(out).toContain("for region in eu-west-1; do       # all that are in use");
    const wrong = await watch(["deploy", "--forward-to", "bus", "--out", "x.json"]);
    expect(wrong).toMatchObject({ code: 64, err: expect.stringContaining("ORGRAIL5376") });
  });
});
