import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { collectOrganization } from "../../src/engine/collect.ts";
import { resourceFacts } from "../../src/engine/resource-facts/resource-facts.ts";
import type { LayerControl } from "../../src/layers/control.ts";
import { resourceOf } from "../../src/layers/resource.ts";
import { assume, clientsOf, organized } from "../sandbox/sandbox-harness.ts";
import { connect } from "./connect.ts";

const shown = (controls: readonly LayerControl[]): Readonly<Record<string, string>> =>
  Object.fromEntries(controls.map(({ id, state, reason }) => [id, `${state}: ${reason}`]));

test("a bucket of a member is asked in its account", async () => {
  const { sandbox, clients, member } = await organized();
  const { s3 } = clientsOf(sandbox, { keys: await assume(clients, member) });
  await s3.send(new CreateBucketCommand({ Bucket: "invoices" }));
  const aws = connect(sandbox);
  const { organization } = await collectOrganization({ aws });
  const place = { account: member, region: sandbox.homeRegion };
  const bucket = resourceOf("arn:aws:s3:::invoices", place, organization);
  expect(shown(await resourceFacts(aws, bucket))).toMatchObject({
    "bucket-policy": "on: there is none: it lets nobody in",
    versioning: "off: never enabled",
    "external-access": "off: no analyzer for external access looks at it",
  });
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: "invoices",
      VersioningConfiguration: { Status: "Enabled" },
    }),
  );
  const later = await resourceFacts(aws, bucket);
  expect(shown(later)).toMatchObject({ versioning: "on: Enabled" });
  expect(later.find(({ id }) => id === "versioning")?.evidence).toEqual([
    { what: "Versioning", value: { Status: "Enabled" }, source: "s3:GetBucketVersioning" },
  ]);
});

test("a role says whom it trusts; what cannot be read is unknown, with the operation", async () => {
  const { sandbox, member } = await organized();
  const aws = connect(sandbox);
  const { organization } = await collectOrganization({ aws });
  const role = resourceOf(
    `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`,
    {},
    organization,
  );
  const found = shown(await resourceFacts(aws, role));
  expect(found.trust).toBe(`on: arn:aws:iam::${organization.managementAccountId}:root`);
  expect(found.policies).toBe("partial: AdministratorAccess");
  expect(found.boundary).toBe("off: it has none");
  expect(found["config-compliance"]).toMatch(/^unknown: config:GetComplianceDetailsByResource/);
  const missing = resourceOf(`arn:aws:iam::${member}:role/None`, {}, organization);
  expect(shown(await resourceFacts(aws, missing)).trust).toMatch(/^unknown: iam:GetRole/);
});

test("access from outside is what the analyzer finds, of the account or of the organization", async () => {
  const { sandbox, clients, member } = await organized();
  const keys = await assume(clients, member);
  const { s3 } = clientsOf(sandbox, { keys });
  const aws = connect(sandbox);
  const { organization } = await collectOrganization({ aws });
  const place = { account: member, region: sandbox.homeRegion };
  const factsOf = async (name: string, analyzer?: string): Promise<string | undefined> => {
    const bucket = resourceOf(`arn:aws:s3:::${name}`, place, organization);
    const asked = await resourceFacts(aws, bucket, analyzer === undefined ? {} : { analyzer });
    return shown(asked)["external-access"];
  };
  const share = async (Bucket: string, account: string): Promise<void> => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const Statement = [
      {
        Effect: "Allow",
        Principal: { AWS: account },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
    ];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  };
  await share("outsiders", "999988887777");
  await share("colleagues", organization.managementAccountId);
  const own = { analyzerName: "own", type: "ACCOUNT" } as const;
  await aws.call("access-analyzer", "CreateAnalyzer", own, { account: member });
  expect(await factsOf("outsiders")).toBe("off: 1 active finding");
  expect(await factsOf("colleagues")).toBe("off: 1 active finding");
  const ServicePrincipal = "access-analyzer.amazonaws.com";
  await aws.call("organizations", "EnableAWSServiceAccess", { ServicePrincipal });
  const wide = { analyzerName: "wide", type: "ORGANIZATION" } as const;
  const { arn } = await aws.call("access-analyzer", "CreateAnalyzer", wide);
  expect(await factsOf("outsiders", arn)).toBe("off: 1 active finding");
  expect(await factsOf("colleagues", arn)).toBe("on: no active finding");
});
