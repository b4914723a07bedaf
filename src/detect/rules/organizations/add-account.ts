import { callers, example, organizationCall } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { member, requestText, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  InviteAccountToOrganization: ["invite", "invited", "to the organization"],
  AcceptHandshake: ["accept", "accepted", "of AWS Organizations"],
  CreateAccount: ["create", "created", "in the organization"],
  CreateGovCloudAccount: ["create", "created", "in the organization"],
};

/** An account comes into the organization otherwise than by the account vending. */
export const addAccount: DetectRule = {
  id: "organizations/add-account",
  title: "An account comes into the organization",
  severity: "medium",
  why: "An account of somebody else's inside the organization passes every test of `aws:PrincipalOrgID`. One made by hand misses its baseline.",
  remedy: "Remove it, or put it into `orgrail.yaml` so that it gets its unit and its guardrails.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html",
  ],
  events: events(
    "organizations",
    "InviteAccountToOrganization",
    "AcceptHandshake",
    "CreateAccount",
    "CreateGovCloudAccount",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const isDeploy = facts.isDeployRole(callerOf(event));
    if (isDeploy === true) return undefined;
    const [infinitive, past, where] = verbs[event.eventName ?? ""] ?? ["add", "added", ""];
    const isHandshake = event.eventName === "AcceptHandshake";
    const thing = isHandshake
      ? requestText(event, "handshakeId")
      : (requestText(event, "target", "id") ??
        text(member(event.responseElements, "createAccountStatus", "accountName")));
    return {
      verb: [infinitive, past],
      object: `${thing === undefined ? "an account" : `the ${isHandshake ? "handshake" : "account"} ${thing}`} ${where}`,
      ...(thing === undefined ? {} : { resource: thing }),
      unknown: missing([isDeploy, unknownFacts.deployRoles]),
    };
  },
  example: {
    hit: [
      organizationCall("InviteAccountToOrganization", {
        target: { id: example.stranger, type: "ACCOUNT" },
      }),
      organizationCall("CreateAccount", { accountName: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
      organizationCall("AcceptHandshake", { handshakeId: "h-examplehandshake" }),
    ],
    pass: [
      organizationCall(
        "CreateAccount",
        { accountName: "HIDDEN_DUE_TO_SECURITY_REASONS" },
        { userIdentity: callers.deploy },
      ),
    ],
  },
};
