import type { CloudTrailEvent } from "../../../core/event.ts";
import { outsidePrincipals, readDocument } from "../../documents.ts";
import { call, example } from "../../example/event.ts";
import type { DetectFacts } from "../../facts.ts";
import { accountOf, request, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { type Sharing, sharedWith, sharedWithOrganization } from "../../sharing.ts";
import { unknownFacts } from "../../unknown-facts.ts";

/** Everybody, or an account outside of the organization, may send events to a bus. */
export const openEventBus: DetectRule = {
  id: "events/open-event-bus",
  title: "An event bus is opened to the outside",
  severity: "high",
  why: "Whoever may send events to a bus can drown or forge what its rules act on, alerts among it.",
  remedy: "Remove the permission (RemovePermission), or narrow it to the organization.",
  sources: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
  ],
  events: events("events", "PutPermission"),
  counts: "success",
  evaluate: (event, facts) => {
    const shared = receivers(event, facts);
    if (shared === undefined) return undefined;
    const bus = requestText(event, "eventBusName") ?? "default";
    return {
      verb: ["open", "opened"],
      object: `the event bus \`${bus}\` to ${shared.words}`,
      resource: bus,
      unknown: shared.unknown,
    };
  },
  example: {
    hit: [
      call("events", "PutPermission", {
        action: "events:PutEvents",
        principal: "*",
        statementId: "all",
      }),
      call("events", "PutPermission", {
        eventBusName: "alerts",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: `arn:aws:iam::${example.stranger}:root` },
              Action: "events:PutEvents",
              Resource: "*",
            },
          ],
        }),
      }),
    ],
    pass: [
      call("events", "PutPermission", { principal: example.audit, statementId: "audit" }),
      call("events", "PutPermission", {
        principal: "*",
        statementId: "organization",
        condition: {
          type: "StringEquals",
          key: "aws:PrincipalOrgID",
          value: example.organization,
        },
      }),
    ],
  },
};

function receivers(event: CloudTrailEvent, facts: DetectFacts): Sharing | undefined {
  const own = accountOf(event);
  const policy = readDocument(request(event, "policy") ?? undefined, "RESOURCE_POLICY");
  if (policy === undefined) {
    const organization = requestText(event, "condition", "value");
    return organization === undefined
      ? sharedWith([requestText(event, "principal") ?? "*"], facts, own)
      : sharedWithOrganization(organization, facts);
  }
  const { isPublic, outside, unknown } = outsidePrincipals(policy, facts, own);
  if (isPublic) return { words: "everybody", unknown: [] };
  if (outside.length > 0) {
    return { words: `${outside.join(", ")}, outside of the organization`, unknown: [] };
  }
  return unknown.length === 0
    ? undefined
    : { words: unknown.join(", "), unknown: [unknownFacts.members] };
}
