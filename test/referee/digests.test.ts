import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { main } from "../../src/cli/main.ts";
import { virtualClock } from "../../src/sandbox/virtual-clock.ts";
import { type BucketRecord, bucketsSlot } from "../../src/services/kit/sandbox-storage.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { type ServedSandbox, serve } from "../e2e/support/served-sandbox.ts";
import { cliHost } from "../support/cli-host.ts";
import { type AwsCli, startAwsCli } from "./aws-cli.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const python = pythonWith("awscli");
const bucketName = "trail-logs";
const start = Date.UTC(2026, 0, 5, 9, 0, 0);

/**
 * The sandbox's trail writes digests and signs them; the AWS CLI, which is not ours, says whether
 * they hold, and so does `logs ingest --verify-digests`. Then both are shown what was tampered with.
 */
describe.skipIf(skipReferee("AWS CLI", python !== undefined))("digests", () => {
  let cli: AwsCli;
  let folder = "";
  let served: ServedSandbox;
  let sandbox: Sandbox;
  let arn = "";
  let lakes = 0;

  async function aws(...args: string[]): Promise<{ code: number; out: string }> {
    const { code, stdout, stderr } = await cli.run(args, {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PAGER: "",
      AWS_DEFAULT_REGION: "us-east-1",
      ...served.env,
    });
    return { code, out: `${stdout}${stderr}` };
  }

  async function ask(...args: string[]): Promise<Record<string, unknown>> {
    const { code, out } = await aws(...args, "--output", "json");
    expect({ code, out: code === 0 ? "" : out }, args.join(" ")).toEqual({ code: 0, out: "" });
    return out.trim() === "" ? {} : (JSON.parse(out) as Record<string, unknown>);
  }

  beforeAll(async () => {
    if (python === undefined) throw new Error("no Python has the AWS CLI: pip install awscli");
    cli = startAwsCli(python);
    folder = await mkdtemp(join(tmpdir(), "orgrail-digests-"));
    sandbox = openSandbox({ clock: virtualClock(start) });
    served = await serve(sandbox);
    // Credentials are the process's own business.
    for (const [name, value] of Object.entries(served.env)) vi.stubEnv(name, value);
    const { Account: account } = (await ask("sts", "get-caller-identity")) as { Account: string };
    await ask("s3api", "create-bucket", "--bucket", bucketName);
    const allow = (action: string, resource: string): object => ({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: action,
      Resource: resource,
    });
    const policy = {
      Version: "2012-10-17",
      Statement: [
        allow("s3:GetBucketAcl", `arn:aws:s3:::${bucketName}`),
        allow("s3:PutObject", `arn:aws:s3:::${bucketName}/AWSLogs/${account}/*`),
      ],
    };
    await ask(
      ...["s3api", "put-bucket-policy", "--bucket", bucketName],
      ...["--policy", JSON.stringify(policy)],
    );
    const made = await ask(
      ...["cloudtrail", "create-trail", "--name", "all", "--s3-bucket-name", bucketName],
      ...["--is-multi-region-trail", "--enable-log-file-validation"],
    );
    arn = String(made.TrailARN);
    await ask("cloudtrail", "start-logging", "--name", "all");
    for (let hour = 0; hour < 4; hour++) {
      await ask("iam", "create-user", "--user-name", `user-${hour}`);
      sandbox.clock.advance(10 * 60_000);
      await ask("iam", "create-user", "--user-name", `other-${hour}`);
      sandbox.clock.advance(10 * 60_000);
      // Whatever is asked next finds the files there.
      await ask("iam", "get-user", "--user-name", `user-${hour}`);
      sandbox.clock.advance(41 * 60_000);
      await ask("iam", "get-user", "--user-name", `user-${hour}`);
    }
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await cli?.stop();
    await served?.door.close();
    if (folder !== "") await rm(folder, { recursive: true });
  });

  const bucket = (): BucketRecord => {
    const found = sandbox.world.state(bucketsSlot).byName.get(bucketName);
    if (found === undefined) throw new Error("there is no bucket");
    return found;
  };
  const keys = (part: string): string[] =>
    [...bucket().objects.keys()].filter((key) => key.includes(`/${part}/`)).sort();

  async function validate(): Promise<{ code: number; out: string }> {
    const from = new Date(start - 3_600_000).toISOString();
    const to = new Date(sandbox.clock.now()).toISOString();
    return aws(
      ...["cloudtrail", "validate-logs", "--trail-arn", arn, "--verbose"],
      ...["--start-time", from, "--end-time", to],
    );
  }

  async function ingest(): Promise<{ code: number; codes: string[]; text: string; result: never }> {
    lakes += 1;
    const host = cliHost({ cwd: folder, env: { ...served.env, HOME: folder } });
    const lake = `lake-${lakes}`;
    const words = ["logs", "ingest", `s3://${bucketName}/AWSLogs/`, "--verify-digests"];
    const code = await main([...words, "--threads", "0", "--lake", lake, "--json"], host);
    const { result, gaps, diagnostics } = JSON.parse(host.out()) as {
      result: never;
      gaps: { subject: string; message: string }[];
      diagnostics: { code: string; summary: string }[];
    };
    return {
      code,
      codes: diagnostics.map((one) => one.code),
      text: [
        ...diagnostics.map(({ summary }) => summary),
        ...gaps.map(({ subject, message }) => `${subject}: ${message}`),
      ].join("\n"),
      result,
    };
  }

  /** Both must say that something is wrong; then everything is as it was. */
  async function tamper(change: (objects: BucketRecord["objects"]) => void): Promise<string> {
    const { objects } = bucket();
    const before = new Map(objects);
    try {
      change(objects);
      const judged = await validate();
      const own = await ingest();
      expect({ judged: judged.code, own: own.code }, `${judged.out}\n${own.text}`).toEqual({
        judged: 1,
        own: 3,
      });
      expect(judged.out).toMatch(/INVALID|not found/i);
      return own.text;
    } finally {
      objects.clear();
      for (const [key, object] of before) objects.set(key, object);
    }
  }

  const changed = (
    objects: BucketRecord["objects"],
    key: string,
    from: string,
    to: string,
  ): void => {
    const object = objects.get(key);
    if (object === undefined) throw new Error(`there is no ${key}`);
    const text = gunzipSync(object.body).toString();
    expect(text).toContain(from);
    const body = Uint8Array.from(gzipSync(text.replace(from, to)));
    objects.set(key, { ...object, body });
  };

  test("hold: the AWS CLI says so, and logs ingest --verify-digests", async () => {
    expect(keys("CloudTrail-Digest").length).toBeGreaterThanOrEqual(4);
    const judged = await validate();
    expect(judged.code, judged.out).toBe(0);
    expect(judged.out).toMatch(/(\d+)\/\1 digest files valid/);
    expect(judged.out).toMatch(/(\d+)\/\1 log files valid/);
    const own = await ingest();
    expect({ code: own.code, codes: own.codes }, own.text).toEqual({ code: 0, codes: [] });
  });

  test("a log file that was changed, taken away, or swapped with another", async () => {
    const [first = "", second = ""] = keys("CloudTrail");
    expect(await tamper((objects) => changed(objects, first, "CreateUser", "ListUsers"))).toContain(
      first,
    );
    expect(await tamper((objects) => objects.delete(second))).toContain(second);
    const text = await tamper((objects) => {
      const [a, b] = [objects.get(first), objects.get(second)];
      if (a === undefined || b === undefined) throw new Error("there are no two log files");
      objects.set(first, b);
      objects.set(second, a);
    });
    expect(text).toContain(first);
    expect(text).toContain(second);
  });

  test("a digest that was changed, taken away, swapped, or signed by nobody we know", async () => {
    const [, second = "", third = ""] = keys("CloudTrail-Digest");
    const [log = ""] = keys("CloudTrail");
    expect(
      await tamper((objects) => changed(objects, second, '"hashAlgorithm":"SHA-256"', "")),
    ).toContain(second);
    expect(await tamper((objects) => objects.delete(second))).toContain(second);
    expect(
      await tamper((objects) => {
        const [a, b] = [objects.get(second), objects.get(third)];
        if (a === undefined || b === undefined) throw new Error("there are no three digests");
        objects.set(second, b);
        objects.set(third, a);
      }),
    ).toContain(third);
    expect(
      await tamper((objects) => {
        const object = objects.get(third);
        if (object === undefined) throw new Error("there is no third digest");
        const { signature = "" } = object.metadata;
        const other = `${signature.startsWith("0") ? "1" : "0"}${signature.slice(1)}`;
        objects.set(third, { ...object, metadata: { ...object.metadata, signature: other } });
      }),
    ).toContain(third);
    // A log file and its hash in the digest: whoever changes both lacks the key.
    expect(
      await tamper((objects) => {
        changed(objects, log, "CreateUser", "ListUsers");
        const [digest = ""] = keys("CloudTrail-Digest");
        changed(objects, digest, '"hashValue":"', '"hashValue":"00');
      }),
    ).toContain("signature");
  });
});
