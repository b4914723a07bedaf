import type { PolicySummary } from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { inputText } from "./input.ts";

/** Policies attached to and detached from roots, units and accounts. */
export const attachmentChanges: Readonly<Record<string, ChangeHandler>> = {
  AttachPolicy: {
    already: ["DuplicatePolicyAttachmentException"],
    observe,
    write: async (context, change) => {
      const { policyId, targetId } = attachmentOf(change);
      await context.aws.call(
        "organizations",
        "AttachPolicy",
        { PolicyId: policyId, TargetId: targetId },
        writeOptions(context, policyId, targetId),
      );
      return {};
    },
  },
  DetachPolicy: {
    already: ["PolicyNotAttachedException"],
    undo: { operation: "AttachPolicy", where: "TargetId" },
    observe,
    write: async (context, change) => {
      const { policyId, targetId } = attachmentOf(change);
      await context.aws.call(
        "organizations",
        "DetachPolicy",
        { PolicyId: policyId, TargetId: targetId },
        writeOptions(context, policyId, targetId),
      );
      return {};
    },
  },
};

/** A target has few policies of one type, so its list is asked, not the policy's. */
async function observe(context: ApplyContext, change: ResolvedChange): Promise<Observation> {
  const { policyId, targetId, type } = attachmentOf(change);
  const pages = context.aws.pages(
    "organizations",
    "ListPoliciesForTarget",
    {
      TargetId: targetId,
      Filter: type as NonNullable<PolicySummary["Type"]>,
      MaxResults: organizationsQuotas.pageSize,
    },
    readOptions(context, targetId),
  );
  for await (const { Policies = [] } of pages) {
    if (Policies.some(({ Id }) => Id === policyId)) return { facet: { attached: true } };
  }
  return { facet: null };
}

function attachmentOf(change: ResolvedChange): {
  policyId: string;
  targetId: string;
  type: string;
} {
  // `attachment:TYPE/NAME@TARGET`: the operation's input does not say the type.
  const type = /^attachment:([^/]+)\//.exec(change.address)?.[1] ?? "";
  return {
    policyId: inputText(change, "PolicyId"),
    targetId: inputText(change, "TargetId"),
    type,
  };
}
