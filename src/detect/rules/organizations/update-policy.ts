import type { CloudTrailEvent } from "../../../core/event.ts";
import type { PolicyType } from "../../../policy/types.ts";
import { readDocument } from "../../documents.ts";
import { example, organizationCall } from "../../example/event.ts";
import type { DetectFacts } from "../../facts.ts";
import { policyChange } from "../../policy-change.ts";
import { eventTimeMs, member, request, requestText, text } from "../../read-event.ts";
import { type DetectRule, events, type Hit } from "../../rule.ts";
import { unknownFacts } from "../../unknown-facts.ts";

const denyTrails = (...exempt: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"],
        Resource: "*",
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/BreakGlass", ...exempt] },
        },
      },
    ],
  });

/** A policy's content changes; what it means is read from the event. */
export const updatePolicy: DetectRule = {
  id: "organizations/update-policy",
  title: "A policy is changed",
  severity: "critical",
  levels:
    "Critical when the new document refuses less than the old one: a Deny is gone, narrower or has another exemption. Medium for management policy types. Info when it only refuses more, or says the same in other words.",
  why: "A guardrail that keeps its name and its targets and no longer denies anything looks untouched in every list.",
  remedy: "Compare with `orgrail drift`, and restore the document with `orgrail apply`.",
  sources: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html"],
  events: events("organizations", "UpdatePolicy"),
  counts: "success",
  evaluate: (event, facts) => {
    const policy = requestText(event, "policyId");
    const base = {
      verb: ["change", "changed"] as const,
      object: `the policy ${policy === undefined ? "" : facts.policyName(policy)}`.trimEnd(),
      ...(policy === undefined ? {} : { resource: policy }),
    };
    return { ...base, ...meaning(event, facts, policy) };
  },
  example: {
    hit: [
      organizationCall("UpdatePolicy", {
        policyId: example.protectedPolicy,
        content: denyTrails("arn:aws:iam::*:role/Developer"),
      }),
      organizationCall("UpdatePolicy", {
        policyId: example.protectedPolicy,
        content: '{"Version":"2012-10-17","Statement":[]}',
      }),
      organizationCall("UpdatePolicy", {
        policyId: example.protectedPolicy,
        content: denyTrails(),
      }),
      organizationCall("UpdatePolicy", { policyId: example.protectedPolicy, name: "Renamed" }),
    ],
    pass: [organizationCall("DescribePolicy", { policyId: example.protectedPolicy })],
  },
};

function meaning(
  event: CloudTrailEvent,
  facts: DetectFacts,
  id: string | undefined,
): Omit<Hit, "verb" | "object"> {
  const answered = member(event.responseElements, "policy");
  const sent = request(event, "content");
  const isHidden = text(sent)?.trimStart().startsWith("{") !== true;
  const content = isHidden ? member(answered, "content") : sent;
  const hasContent = sent !== undefined && sent !== null;
  if (!hasContent && text(content) === undefined) {
    const onlyNames = requestText(event, "name") ?? requestText(event, "description");
    return onlyNames === undefined
      ? { severity: "critical", unknown: ["the new document: the event does not hold it"] }
      : { severity: "info", detail: "only its name or description changed" };
  }
  const type =
    text(member(answered, "policySummary", "type")) ??
    (id === undefined ? undefined : facts.policy(id)?.type) ??
    "SERVICE_CONTROL_POLICY";
  if (type !== "SERVICE_CONTROL_POLICY" && type !== "RESOURCE_CONTROL_POLICY") {
    return { severity: "medium", detail: `it is a ${type}: see what it now says` };
  }
  const after = readDocument(content, type);
  if (after === undefined) {
    return {
      severity: "critical",
      unknown: ["the new document: the event does not hold it whole"],
    };
  }
  const before = contentBefore(event, facts, id, type);
  if (before.policy === undefined) return { severity: "critical", unknown: [before.why] };
  const { loosened, tightened } = policyChange([before.policy], [after], facts.knownActions());
  const compared = { what: "compared with", value: before.from };
  if (loosened.length > 0) {
    return {
      severity: "critical",
      detail: `it ${loosened.slice(0, 3).join("; it ")}${loosened.length > 3 ? `; and ${loosened.length - 3} more differences` : ""}`,
      evidence: [{ what: "loosened", value: loosened }, compared],
    };
  }
  // Of changes between that document and the event nothing is known: "before" would say too much.
  const detail = `it ${tightened === 0 ? "means the same as" : "refuses more than"} the document in ${before.from}`;
  return { severity: "info", detail, evidence: [compared] };
}

/** The document that stood before: as it was read before the event, else as the file wants it. */
function contentBefore(
  event: CloudTrailEvent,
  facts: DetectFacts,
  id: string | undefined,
  type: PolicyType,
): { policy?: ReturnType<typeof readDocument>; from: string; why: string } {
  const time = eventTimeMs(event);
  const isOlder = time !== undefined && facts.readAtMs !== undefined && facts.readAtMs <= time;
  const read = id === undefined || !isOlder ? undefined : facts.policy(id)?.content;
  const wanted = id === undefined ? undefined : facts.wantedContent(id);
  const why =
    facts.organization === undefined
      ? unknownFacts.policies
      : "the document before: no snapshot from before the change holds it";
  if (read !== undefined) {
    return { policy: readDocument(read, type), from: "the snapshot", why };
  }
  return { policy: readDocument(wanted, type), from: "the configuration", why };
}
