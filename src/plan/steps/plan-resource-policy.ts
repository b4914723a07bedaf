import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { resourcePolicyAddress } from "../address.ts";
import type { Planning } from "../planning.ts";
import { draft, report } from "../planning.ts";
import { canonicalContent, contentMeaning, minifiedContent } from "../policy-content.ts";
import { tagList } from "../tag-list.ts";

/** Writes or deletes the organization's resource policy, by which it delegates to members. */
export function planResourcePolicy(planning: Planning): void {
  const { desired, live, snapshot } = planning;
  const wanted = desired.resourcePolicy;
  if (wanted === undefined) return;
  const found = live.state.resourcePolicy;
  planning.compared.add(resourcePolicyAddress);
  if (found === undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3005",
      "the organization's resource policy was not read; it is not planned",
      { span: wanted?.span, help: "see the gaps: allow the denied reads, then plan again" },
    );
    return;
  }
  if (found !== null) planning.ids.set(resourcePolicyAddress, found.id);
  const before = found === null ? null : { content: canonicalContent(found.content) };
  // A delegated administrator may hold its own permissions by this very policy.
  const risk = snapshot.caller.standing === "management" ? "none" : "lockout";
  if (wanted === null) {
    if (found === null) return;
    draft(planning, {
      operation: "DeleteResourcePolicy",
      address: resourcePolicyAddress,
      action: "delete",
      input: {},
      before,
      after: null,
      reason: "the file says that there is no resource policy",
      rank: "undelegate",
      risk: risk === "none" ? "destructive" : risk,
    });
    return;
  }
  const same =
    found !== null &&
    contentMeaning(found.content, "iam") === contentMeaning(wanted.content, "iam");
  if (same) return;
  const content = minifiedContent(wanted.content);
  if (content.length > organizationsQuotas.resourcePolicyCharacters) {
    report(
      planning,
      "error",
      "ORGRAIL3045",
      `the resource policy has ${content.length} characters minified; AWS allows ${organizationsQuotas.resourcePolicyCharacters}`,
      { span: wanted.span, help: "shorten it" },
    );
  }
  draft(planning, {
    operation: "PutResourcePolicy",
    address: resourcePolicyAddress,
    action: found === null ? "create" : "update",
    input: {
      Content: content,
      ...(found !== null || desired.ownership.tags === "ignore" ? {} : tagList(wanted.tags)),
    },
    before,
    after: { content: canonicalContent(wanted.content) },
    reason: "the file gives the organization this resource policy",
    rank: "undelegate",
    risk: found === null ? "none" : risk,
    span: wanted.span,
  });
}
