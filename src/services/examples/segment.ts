import {
  CloseAccountCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
} from "@aws-sdk/client-organizations";
import {
  createAccount,
  createOrganization,
  createPolicy,
  createUnit,
  type Example,
  inviteAccount,
  moveAccount,
  pass,
  type Site,
  tag,
} from "./example.ts";
import { leftTrails } from "./left-trails.ts";

/** Accounts that were opened by hand, before anybody thought of an organization. */
const openedByHand = [
  ["Production", "aws@example.com"],
  ["Stage", "aws+stage@example.com"],
  ["development", "aws-dev@example.com"],
  ["old-production", "founders@example.com"],
  ["Data Science", "datascience-aws@example.com"],
] as const;

/** Accounts that teams asked for, one after the other; spelled as each team liked. */
const createdLater = [
  "interviews",
  "platform-team",
  "Platform Stage",
  "platform-dev",
  "security",
  "security-dev",
  "logs",
  "billing-reports",
  "warehouse-production",
  "warehouse-stage",
  "warehouse-dev",
  "connections-prod",
  "connections-stage",
  "connections_dev",
  "personas-prod",
  "personas-stage",
  "personas-dev",
  "ProtocolsProd",
  "ProtocolsStage",
  "privacy-prod",
  "privacy-stage",
  "edge-us",
  "edge-eu",
  "ci",
  "artifacts",
  "backup-vault",
  "demo-sales",
  "training",
  "hackathon-2019",
  "poc-vendor",
  "eu-production",
  "eu-stage",
] as const;

/**
 * An organization as Segment's security team found theirs: dozens of accounts, several opened by
 * hand and invited for the bill's sake; nearly all of them directly below the root; two ad-hoc
 * policies; no guardrail that holds for all; no service with trusted access but one; an account with
 * two trails that take the same events.
 *
 * @see https://segment.com/blog/scaling-security-services-with-aws-organizations/
 */
export const segment: Example = {
  title: "dozens of accounts, some opened by hand, flat and without guardrails",
  historyDays: 960,
  build: async (site) => {
    const root = await createOrganization(site);
    const ids = new Map<string, string>();
    for (const [name, email] of openedByHand) {
      ids.set(name, await inviteAccount(site, name, email));
    }
    for (const name of createdLater) {
      pass(site, 25);
      const address = name.toLowerCase().replaceAll(/[ _]/g, "-");
      ids.set(name, await createAccount(site, name, `aws+${address}@example.com`));
      // Since then, and for good.
      if (name === "warehouse-production") {
        await leftTrails(site, ids.get(name) ?? "", "warehouse-production-trails");
      }
    }
    const idOf = (name: string): string => ids.get(name) ?? "";
    const interviews = await createUnit(site, root, "Interviews");
    await moveAccount(site, idOf("interviews"), root, interviews);
    await createUnit(site, root, "Engineering (new)");
    await adHocPolicies(site, root, idOf);
    await tag(site, idOf("security"), { Owner: "security", env: "prod" });
    await tag(site, idOf("warehouse-production"), { owner: "data-platform" });
    await tag(site, idOf("ci"), { Team: "Developer Experience", Environment: "production" });
    await site.client.send(
      new EnableAWSServiceAccessCommand({ ServicePrincipal: "config.amazonaws.com" }),
    );
    await site.client.send(new CloseAccountCommand({ AccountId: idOf("hackathon-2019") }));
    pass(site, 30);
  },
};

/** Policies that somebody attached where it once hurt. */
async function adHocPolicies(
  site: Site,
  root: string,
  idOf: (name: string) => string,
): Promise<void> {
  await site.client.send(
    new EnablePolicyTypeCommand({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" }),
  );
  await createPolicy(
    site,
    {
      name: "scp-interviews",
      type: "SERVICE_CONTROL_POLICY",
      description: "candidates must not launch large machines",
    },
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: "ec2:RunInstances",
          Resource: "arn:aws:ec2:*:*:instance/*",
          Condition: { StringNotLike: { "ec2:InstanceType": ["t3.*", "t2.*"] } },
        },
        { Effect: "Deny", Action: ["iam:CreateUser", "iam:CreateAccessKey"], Resource: "*" },
      ],
    },
    [idOf("interviews")],
  );
  await createPolicy(
    site,
    {
      name: "no-bucket-deletion TEST",
      type: "SERVICE_CONTROL_POLICY",
      description: "",
    },
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }],
    },
    [idOf("logs"), idOf("warehouse-production")],
  );
}
