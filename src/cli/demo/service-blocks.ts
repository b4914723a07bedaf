import { parseDocument } from "yaml";

/** Where the trail of {@link blocks} writes. */
export const logArchive = { account: "logs", bucket: "segment-cloudtrail" } as const;

/** The blocks that the demo's user adds, as they stand in the file. */
const blocks = `services:
  cloudtrail:
    delegatedAdministrator: security
    logArchive: { account: ${logArchive.account}, bucket: ${logArchive.bucket}, key: { alias: orgrail/cloudtrail } }
    trails: [{ name: organization }]
  guardduty:
    delegatedAdministrator: security
    features: { S3_DATA_EVENTS: ALL, EKS_AUDIT_LOGS: ALL, LAMBDA_NETWORK_LOGS: ALL }
  securityhub:
    delegatedAdministrator: security
    policies:
      - name: baseline
        standards: [aws-foundational-security-best-practices/v/1.0.0]
        targets: { organizationalUnits: [Root] }
  inspector2: { delegatedAdministrator: security }
  macie2: { delegatedAdministrator: security }
  detective: { delegatedAdministrator: security }
  access-analyzer: { delegatedAdministrator: security, externalAccess: {}, unusedAccess: {} }
`;

/** Regions that the demo's organization works in. */
export const demoRegions: readonly string[] = ["us-east-1", "us-west-2"];

/** The configuration with the services' blocks, and the lines that say most of it. */
export function withServices(text: string): { readonly text: string; readonly excerpt: string[] } {
  const document = parseDocument(text);
  document.setIn(["organization", "homeRegion"], demoRegions[0]);
  document.setIn(["organization", "governedRegions"], document.createNode(demoRegions));
  document.set("services", parseDocument(blocks).get("services"));
  return { text: String(document), excerpt: blocks.trimEnd().split("\n") };
}

/** The configuration with one account more. */
export function withAccount(text: string, name: string): string {
  const document = parseDocument(text);
  document.addIn(
    ["accounts"],
    document.createNode({
      name,
      email: `aws+${name}@example.com`,
      organizationalUnit: "Workloads/Production",
    }),
  );
  return String(document);
}
