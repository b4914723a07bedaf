import type { CloudTrailEvent } from "../../../core/event.ts";
import { securityServices } from "../../../data/security-services.ts";
import { compileGlob, globMatches } from "../../../policy/glob.ts";
import { outsidePrincipals, readDocument } from "../../documents.ts";
import { call, callers, example } from "../../example/event.ts";
import type { DetectFacts } from "../../facts.ts";
import { callerOf, isService } from "../../principal.ts";
import { accountOf, request, requestText } from "../../read-event.ts";
import { type DetectRule, events, type Hit } from "../../rule.ts";
import { unknownFacts } from "../../unknown-facts.ts";

const trust = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

/** A role lets in whom nobody knows, or a role of the organization is touched. */
export const changeTrust: DetectRule = {
  id: "iam/change-trust",
  title: "A role trusts the outside, or a role of the organization is touched",
  severity: "critical",
  levels:
    "Critical for the roles by which the organization reaches into accounts; high for others, which count only when they trust everybody or an account outside of the organization.",
  why: "A trust policy is a door that stays open when all keys are changed.",
  remedy:
    "Restore the trust policy. Name accounts that may be trusted under `detect.trustedAccounts`.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"],
  events: events("iam", "UpdateAssumeRolePolicy", "CreateRole", "DeleteRole"),
  counts: "success",
  evaluate: (event, facts) => {
    const role = requestText(event, "roleName");
    const isOfOrganization =
      role !== undefined &&
      securityServices.organizationRoles.some((one) => globMatches(compileGlob(one), role));
    const opened = openings(event, facts);
    const isTouched = isOfOrganization && !isByOwner(event, facts);
    if (opened === undefined && !isTouched) return undefined;
    const verb =
      verbs[event.eventName ?? ""] ?? (["change the trust of", "changed the trust of"] as const);
    return {
      severity: isOfOrganization ? "critical" : "high",
      verb,
      object: `the role ${role === undefined ? "(not named)" : `\`${role}\``}`,
      ...(role === undefined ? {} : { resource: role }),
      ...opened,
    };
  },
  example: {
    hit: [
      call("iam", "UpdateAssumeRolePolicy", { roleName: "app", policyDocument: trust("*") }),
      call("iam", "CreateRole", {
        roleName: "app",
        assumeRolePolicyDocument: trust(`arn:aws:iam::${example.stranger}:root`),
      }),
      call("iam", "UpdateAssumeRolePolicy", {
        roleName: "OrganizationAccountAccessRole",
        policyDocument: trust(`arn:aws:iam::${example.management}:root`),
      }),
      call(
        "iam",
        "UpdateAssumeRolePolicy",
        {
          roleName: "AWSControlTowerExecution",
          policyDocument: trust(`arn:aws:iam::${example.payments}:root`),
        },
        { userIdentity: { ...callers.developer, invokedBy: "cloudformation.amazonaws.com" } },
      ),
    ],
    pass: [
      call(
        "iam",
        "CreateRole",
        {
          roleName: "AWSControlTowerExecution",
          assumeRolePolicyDocument: trust(`arn:aws:iam::${example.management}:root`),
        },
        { userIdentity: callers.service },
      ),
      call("iam", "CreateRole", {
        roleName: "app",
        assumeRolePolicyDocument: trust(`arn:aws:iam::${example.audit}:root`),
      }),
      call("iam", "UpdateAssumeRolePolicy", {
        roleName: "app",
        policyDocument: trust(`arn:aws:iam::${example.partner}:root`),
      }),
      call("iam", "CreateRole", {
        roleName: "app",
        assumeRolePolicyDocument: trust(`arn:aws:iam::${example.payments}:root`),
      }),
      call("iam", "DeleteRole", { roleName: "app" }),
    ],
  },
};

/** Whether whoever made the role changes it; other services, such as CloudFormation, call for anybody. */
function isByOwner(event: CloudTrailEvent, facts: DetectFacts): boolean {
  const caller = callerOf(event);
  const { service } = caller;
  const isOwner =
    service !== undefined && securityServices.organizationRoleOwners.includes(service);
  return isOwner || isService(event) || facts.isDeployRole(caller) === true;
}

const verbs: Readonly<Record<string, readonly [string, string]>> = {
  CreateRole: ["create", "created"],
  DeleteRole: ["delete", "deleted"],
};

function openings(
  event: CloudTrailEvent,
  facts: DetectFacts,
): Pick<Hit, "detail" | "unknown"> | undefined {
  const document = request(event, "policyDocument") ?? request(event, "assumeRolePolicyDocument");
  const policy = readDocument(document, "RESOURCE_POLICY");
  if (policy === undefined) return undefined;
  const { isPublic, outside, unknown } = outsidePrincipals(policy, facts, accountOf(event));
  if (isPublic) return { detail: "it trusts everybody" };
  if (outside.length > 0) {
    return { detail: `it trusts accounts outside of the organization: ${outside.join(", ")}` };
  }
  return unknown.length === 0
    ? undefined
    : { detail: `it trusts ${unknown.join(", ")}`, unknown: [unknownFacts.members] };
}
