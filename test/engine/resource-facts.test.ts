import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
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
