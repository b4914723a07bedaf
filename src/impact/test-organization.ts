import type { CloudTrailEvent } from "../core/event.ts";
import type { AccountId } from "../core/identifiers.ts";
import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import type { ImpactReport } from "./report.ts";

/** The organization that this room's tests ask: Root, Workloads (Shop), Sandbox (Play), Main. */
export const testAccounts = {
  main: "111111111111",
  shop: "222222222222",
  play: "333333333333",
} as const;

/** A service control policy of the tests. */
export function testPolicy(id: string, document: object, targets: readonly string[]): PolicyState {
  return {
    id,
    arn: `arn:aws:organizations::111111111111:policy/o-exampleorgid/service_control_policy/${id}`,
    name: id.slice(2),
    description: "",
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: false,
    content: JSON.stringify(document),
    targets,
  };
}

/** A document of one Deny. */
export function deny(statement: object): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "Guard", Effect: "Deny", Resource: "*", ...statement }],
  };
}

/** The organization of the tests with further policies. */
export function testOrganization(policies: readonly PolicyState[] = []): OrganizationState {
  const base = "arn:aws:organizations::111111111111:";
  const account = (id: string, name: string, parentId: string) => ({
    id: id as AccountId,
    arn: `${base}account/o-exampleorgid/${id}`,
    name,
    email: `${name}@example.com`,
    state: "ACTIVE" as const,
    joinedMethod: "CREATED" as const,
    joinedAt: "2024-01-01T00:00:00Z",
    parentId,
  });
  const unit = (id: string, name: string) => ({
    id,
    arn: `${base}ou/o-exampleorgid/${id}`,
    name,
    parentId: "r-ab12",
  });
  const all = ["r-ab12", "ou-ab12-work", "ou-ab12-sand", ...Object.values(testAccounts)];
  const full = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  };
  return {
    id: "o-exampleorgid",
    arn: `${base}organization/o-exampleorgid`,
    featureSet: "ALL",
    managementAccountId: testAccounts.main as AccountId,
    managementAccountEmail: "main@example.com",
    root: {
      id: "r-ab12",
      arn: `${base}root/o-exampleorgid/r-ab12`,
      name: "Root",
      policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
    },
    organizationalUnits: [unit("ou-ab12-sand", "Sandbox"), unit("ou-ab12-work", "Workloads")],
    accounts: [
      account(testAccounts.main, "Main", "r-ab12"),
      account(testAccounts.shop, "Shop", "ou-ab12-work"),
      account(testAccounts.play, "Play", "ou-ab12-sand"),
    ],
    policies: [testPolicy("p-FullAWSAccess", full, all), ...policies],
  };
}

/** A call of a role of the tests. */
export function testEvent(
  call: string,
  more: Partial<CloudTrailEvent> & { readonly account?: string; readonly role?: string } = {},
): CloudTrailEvent {
  const { account = testAccounts.shop, role = "Deploy", ...members } = more;
  const [service = "", name = ""] = call.split(":");
  return {
    eventVersion: "1.11",
    eventTime: "2026-11-01T00:00:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    eventType: "AwsApiCall",
    eventCategory: "Management",
    awsRegion: "eu-central-1",
    recipientAccountId: account,
    sourceIPAddress: "203.0.113.7",
    requestParameters: null,
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::${account}:assumed-role/${role}/session`,
      accountId: account,
      principalId: "AROAEXAMPLE:session",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          arn: `arn:aws:iam::${account}:role/${role}`,
          accountId: account,
        },
        attributes: { mfaAuthenticated: "false", creationDate: "2026-11-01T00:00:00Z" },
      },
    },
    ...members,
  };
}

/** `effect certainty action count missing` of every row of a report. */
export function rowLines({ rows }: Pick<ImpactReport, "rows">): readonly string[] {
  return rows.map(({ effect, certainty, action, count, missing }) =>
    [effect, certainty, action, count, ...missing].join(" "),
  );
}
