import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { contractSandbox, ids } from "../contract/contract-world.ts";
import { sso } from "../contract/fixtures/sso.ts";
import { type AwsCli, startAwsCli } from "./aws-cli.ts";
import { type CliStep, cliSteps } from "./aws-cli-commands.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000 });

const python = pythonWith("awscli");
/** Services whose models take long to load. */
const large: readonly string[] = [
  ...["ec2", "iam", "s3", "ssm", "securityhub", "guardduty", "config", "cloudformation", "macie2"],
];

describe.skipIf(skipReferee("AWS CLI", python !== undefined))("AWS CLI and the services", () => {
  let cli: AwsCli;
  let sandbox: Sandbox;
  let door: HttpDoor;
  let folder: string;
  const kept = new Map<string, string>();

  beforeAll(async () => {
    if (python === undefined) throw new Error("no Python has the AWS CLI: pip install awscli");
    cli = startAwsCli(python, large);
    folder = await mkdtemp(join(tmpdir(), "orgrail-aws-cli-"));
    sandbox = contractSandbox(sso);
    door = await sandbox.serve();
    kept.set("management", sandbox.managementAccount).set("audit", ids.Audit ?? "");
  });
  afterAll(async () => {
    await cli?.stop();
    await door?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function aws(service: string, { command }: CliStep): Promise<unknown> {
    const args = [service, ...command.map(filled)];
    // The customization of AWS Health's commands looks at the argument alone.
    const where = ["--endpoint-url", door.endpoint, "--output", "json"];
    const run = await cli.run([...args, ...where], {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
      AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PAGER: "",
    });
    expect({ code: run.code, stderr: run.stderr }, args.join(" ")).toEqual({ code: 0, stderr: "" });
    return run.stdout.trim() === "" ? {} : JSON.parse(run.stdout);
  }

  const filled = (text: string): string =>
    text.replace(/\{([a-z]+)\}/g, (all, name: string) => kept.get(name) ?? all);

  test("name every service, and three operations of each", () => {
    const short = Object.entries(cliSteps)
      .map(([service, steps]) => [service, new Set(steps.map(({ command }) => command[0])).size])
      .filter(([, operations]) => Number(operations) < 3);
    // The first has one operation that is served; STS is tried with AWS Organizations as well.
    expect(short).toEqual([
      ["ram", 1],
      ["sts", 2],
    ]);
  });

  test.each(Object.entries(cliSteps))("understand each other: %s", async (service, steps) => {
    if (service === "identitystore") {
      const { Instances = [] } = (await aws("sso-admin", {
        command: ["list-instances"],
        answer: {},
      })) as {
        Instances?: { IdentityStoreId: string }[];
      };
      kept.set("store", Instances[0]?.IdentityStoreId ?? "");
    }
    for (const step of steps) {
      const answer = await aws(service, step);
      for (const [name, path] of Object.entries(step.keep ?? {})) {
        const value = path.reduce<unknown>(
          (seen, part) => (seen as Record<string | number, unknown> | undefined)?.[part],
          answer,
        );
        expect(typeof value, `${service} ${step.command[0]}: ${name}`).toBe("string");
        kept.set(name, String(value));
      }
      const wanted = JSON.parse(filled(JSON.stringify(step.answer))) as object;
      expect(answer, `${service} ${step.command[0]}`).toMatchObject(wanted);
    }
  });
});
