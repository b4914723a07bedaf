import type { CloudTrailEvent } from "../../../core/event.ts";
import { organizationLevels } from "../../../policy/organization-levels.ts";
import type { Policy } from "../../../policy/types.ts";
import { example, organizationCall } from "../../example/event.ts";
import type { DetectFacts } from "../../facts.ts";
import { denials, policyChange } from "../../policy-change.ts";
import { eventTimeMs, requestText } from "../../read-event.ts";
import { type DetectRule, events, type Hit } from "../../rule.ts";
import { unknownFacts } from "../../unknown-facts.ts";

/** An account is moved; what its new place no longer denies is read from the snapshot. */
export const moveAccount: DetectRule = {
  id: "organizations/move-account",
  title: "An account is moved",
  severity: "critical",
  levels:
    "Critical when the policies of the new parent deny less than those of the old one, or when nobody knows; else medium.",
  why: "Moving an account to a unit with fewer guardrails lifts them without touching any policy.",
  remedy: "Move it back: `orgrail apply` does. Keep a unit without guardrails out of the tree.",
  sources: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html"],
  events: events("organizations", "MoveAccount"),
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId");
    const from = requestText(event, "sourceParentId");
    const to = requestText(event, "destinationParentId");
    const name = (id: string | undefined): string =>
      id === undefined ? "somewhere" : facts.target(id);
    return {
      verb: ["move", "moved"],
      object: `${account === undefined ? "an account" : facts.target(account)} from ${name(from)} to ${name(to)}`,
      ...(account === undefined ? {} : { resource: account }),
      ...meaning(event, facts, from, to),
    };
  },
  example: {
    hit: [
      organizationCall("MoveAccount", {
        accountId: example.payments,
        sourceParentId: example.workloads,
        destinationParentId: example.security,
      }),
      organizationCall("MoveAccount", {
        accountId: example.audit,
        sourceParentId: example.security,
        destinationParentId: example.quarantine,
      }),
    ],
    pass: [organizationCall("ListParents", { childId: example.payments })],
  },
};

function meaning(
  event: CloudTrailEvent,
  facts: DetectFacts,
  from: string | undefined,
  to: string | undefined,
): Pick<Hit, "severity" | "detail" | "evidence" | "unknown"> {
  const { organization } = facts;
  if (organization === undefined || from === undefined || to === undefined) {
    return { severity: "critical", unknown: [unknownFacts.policies] };
  }
  const lost: string[] = [];
  const unread: string[] = [];
  for (const type of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const) {
    const before = organizationLevels(organization, from, type);
    const after = organizationLevels(organization, to, type);
    if (!before.isEnabled) continue;
    unread.push(...before.unread, ...after.unread);
    const policies = (levels: typeof before.levels): readonly Policy[] =>
      levels.flatMap((level) => level.policies);
    const { loosened } = policyChange(
      denials(policies(before.levels)),
      denials(policies(after.levels)),
      facts.knownActions(),
    );
    lost.push(...loosened);
    const lists = allowLists(after.levels);
    // An allow list is lost where no level of the new place refuses all that it refused.
    const isKept = (before: readonly Policy[]): boolean =>
      lists.some(
        (after) => policyChange(before, after, facts.knownActions()).loosened.length === 0,
      );
    if (!allowLists(before.levels).every(isKept)) {
      lost.push(
        lists.length === 0
          ? "no longer has an allow list above it"
          : "has a wider allow list above it",
      );
    }
  }
  const time = eventTimeMs(event);
  const isOld = facts.readAtMs !== undefined && time !== undefined && facts.readAtMs > time;
  const unknown = [
    ...(unread.length > 0
      ? [`policies that were not read: ${[...new Set(unread)].join(", ")}`]
      : []),
    ...(isOld ? ["the policies at the time: the snapshot is younger than the event"] : []),
  ];
  if (lost.length > 0) {
    return {
      severity: "critical",
      detail: `its new place ${lost.slice(0, 3).join("; it ")}`,
      evidence: [{ what: "lost", value: lost }],
      unknown,
    };
  }
  return unread.length > 0
    ? { severity: "critical", unknown }
    : { severity: "medium", detail: "its new place denies all that the old one denied", unknown };
}

/** What levels allow that do not allow everything. */
function allowLists(
  levels: readonly { readonly policies: readonly Policy[] }[],
): readonly (readonly Policy[])[] {
  return levels
    .filter(
      ({ policies }) =>
        !policies.some(({ statements }) =>
          statements.some(
            ({ effect, action }) =>
              effect === "Allow" && action?.values.some(({ value }) => value === "*") === true,
          ),
        ),
    )
    .map(({ policies }) =>
      policies.map((policy) => ({
        ...policy,
        statements: policy.statements.filter(({ effect }) => effect === "Allow"),
      })),
    );
}
