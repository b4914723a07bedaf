import type { CloudTrailEvent } from "../../../core/event.ts";
import { securityServices } from "../../../data/security-services.ts";
import { allowsEverything } from "../../documents.ts";
import { call, callers } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { request, requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

const everything = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Somebody gets the right to do everything. */
export const grantAdministrator: DetectRule = {
  id: "iam/grant-administrator",
  title: "Administrator access is granted",
  severity: "high",
  why: "This is how an intruder makes a foothold into ownership of the account.",
  remedy: "Take the policy off, and look at what the principal did since.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html"],
  events: events(
    "iam",
    "AttachUserPolicy",
    "AttachRolePolicy",
    "AttachGroupPolicy",
    "PutUserPolicy",
    "PutRolePolicy",
    "PutGroupPolicy",
    "CreatePolicyVersion",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const caller = callerOf(event);
    const isDeploy = facts.isDeployRole(caller);
    if (isDeploy === true) return undefined;
    const what = granted(event);
    if (what === undefined) return undefined;
    const receiver = ["userName", "roleName", "groupName", "policyArn"]
      .map((one) => requestText(event, one))
      .find((one) => one !== undefined);
    return {
      verb: ["grant", "granted"],
      object: `${receiver === undefined ? "somebody" : `\`${receiver}\``} ${what}`,
      ...(receiver === undefined ? {} : { resource: receiver }),
      unknown: missing([isDeploy, unknownFacts.deployRoles]),
    };
  },
  example: {
    hit: [
      call("iam", "AttachRolePolicy", {
        roleName: "backup",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      call("iam", "PutUserPolicy", {
        userName: "dave",
        policyName: "all",
        policyDocument: JSON.stringify(everything),
      }),
      call("iam", "CreatePolicyVersion", {
        policyArn: "arn:aws:iam::333333333333:policy/app",
        setAsDefault: true,
        policyDocument: JSON.stringify(everything),
      }),
    ],
    pass: [
      call("iam", "AttachRolePolicy", {
        roleName: "backup",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
      call(
        "iam",
        "AttachRolePolicy",
        { roleName: "admin", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        { userIdentity: callers.deploy },
      ),
      call("iam", "PutUserPolicy", {
        userName: "dave",
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
      }),
    ],
  },
};

function granted(event: CloudTrailEvent): string | undefined {
  const arn = requestText(event, "policyArn");
  if (event.eventName?.startsWith("Attach") === true) {
    const name = arn?.split("/").at(-1);
    const isAws = arn?.includes(":iam::aws:policy/") === true;
    const isAdmin =
      isAws && name !== undefined && securityServices.administratorPolicies.includes(name);
    return isAdmin ? `the policy ${name}` : undefined;
  }
  if (event.eventName === "CreatePolicyVersion" && requestFlag(event, "setAsDefault") !== true) {
    return undefined;
  }
  return allowsEverything(request(event, "policyDocument"))
    ? "every action on every resource"
    : undefined;
}
