import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { parseDocument } from "yaml";
import { main } from "../../src/cli/main.ts";
import { openExample } from "../../src/services/open-example.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";

/** Regions of the world. */
export const regions: readonly string[] = ["us-east-1", "eu-west-1"];

/** What is on; everything else is as AWS makes it. */
const blocks = `
  cloudtrail:
    delegatedAdministrator: security
    logArchive: { account: logs, bucket: example-cloudtrail, key: { alias: orgrail/cloudtrail } }
    trails: [{ name: organization }]
  guardduty:
    delegatedAdministrator: security
    features: { S3_DATA_EVENTS: ALL, EKS_AUDIT_LOGS: ALL }
  securityhub:
    delegatedAdministrator: security
    policies:
      - name: baseline
        standards: [aws-foundational-security-best-practices/v/1.0.0]
        targets: { organizationalUnits: [Root] }
  access-analyzer: { delegatedAdministrator: security, externalAccess: {} }
  iam: { delegatedAdministrator: security, centralizedRootAccess: {} }
`;

/** Runs orgrail against a sandbox in this process; gives what it wrote. Throws when it failed. */
export async function orgrail(
  sandbox: Sandbox,
  folder: string,
  ...words: string[]
): Promise<string> {
  const out: string[] = [];
  const err: string[] = [];
  const keep = (chunks: string[]) => ({
    write: (text: string) => {
      chunks.push(text);
    },
    isTerminal: false,
    columns: 100,
  });
  const code = await main(words, {
    stdout: keep(out),
    stderr: keep(err),
    stdin: { isTerminal: false, stream: process.stdin },
    env: { NO_COLOR: "1", ORGRAIL_QUIET: "1" },
    cwd: folder,
    clock: sandbox.clock,
    signal: new AbortController().signal,
    inPlaceOfAws: {
      requestHandler: sandbox.requestHandler(),
      credentials: sandbox.credentials,
    },
  });
  if (code !== 0 && code !== 3) {
    throw new Error(
      `orgrail ${words.join(" ")} ended with ${code}: ${err.join("")}${out.join("")}`,
    );
  }
  return out.join("");
}

/**
 * An organization that is covered in part: some services on, others off.
 */
export async function makeWorld(folder: string): Promise<Sandbox> {
  const sandbox = await openExample("segment");
  await orgrail(sandbox, folder, "init");
  const file = join(folder, "orgrail.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  document.setIn(["organization", "homeRegion"], regions[0]);
  document.setIn(["organization", "governedRegions"], document.createNode(regions));
  document.set(
    "services",
    document.createNode(parseDocument(`services:${blocks}`).toJS().services),
  );
  writeFileSync(file, String(document));
  await orgrail(sandbox, folder, "apply", "--yes");
  await sandbox.clock.sleep(3_600_000);
  return sandbox;
}

/** Keys as clients take them. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Keys of a session in a member account; the sandbox's own for the management account. */
export async function keysOf(sandbox: Sandbox, account: string): Promise<Keys> {
  if (account === sandbox.managementAccount) return sandbox.credentials;
  const sts = new STSClient({
    region: regions[0] ?? "",
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "auditor",
      DurationSeconds: 3_600,
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}
