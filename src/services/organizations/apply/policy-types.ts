import type { PolicySummary } from "@aws-sdk/client-organizations";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { inputText } from "./input.ts";
import { waitUntil } from "./wait-until.ts";

type PolicyType = NonNullable<PolicySummary["Type"]>;

/** Policy types enabled and disabled in the root. AWS does either in its own time. */
export const policyTypeChanges: Readonly<Record<string, ChangeHandler>> = {
  EnablePolicyType: {
    already: ["PolicyTypeAlreadyEnabledException"],
    observe,
    write: async (context, change) => {
      await context.aws.call(
        "organizations",
        "EnablePolicyType",
        inputOf(change),
        writeOptions(context),
      );
      await waitUntil(context, change, async () => (await status(context, change)) === "ENABLED");
      return {};
    },
  },
  DisablePolicyType: {
    already: ["PolicyTypeNotEnabledException"],
    observe,
    write: async (context, change) => {
      await context.aws.call(
        "organizations",
        "DisablePolicyType",
        inputOf(change),
        writeOptions(context),
      );
      await waitUntil(context, change, async () => (await status(context, change)) === undefined);
      return {};
    },
  },
};

/** A change that AWS has begun counts as made; whoever needs its end waits for it. */
async function observe(context: ApplyContext, change: ResolvedChange): Promise<Observation> {
  const found = await status(context, change);
  return {
    facet: found === "ENABLED" || found === "PENDING_ENABLE" ? { enabled: true } : null,
  };
}

async function status(context: ApplyContext, change: ResolvedChange): Promise<string | undefined> {
  const { RootId, PolicyType } = inputOf(change);
  const { Roots = [] } = await context.aws.call(
    "organizations",
    "ListRoots",
    {},
    readOptions(context),
  );
  const root = Roots.find(({ Id }) => Id === RootId);
  return root?.PolicyTypes?.find(({ Type }) => Type === PolicyType)?.Status;
}

function inputOf(change: ResolvedChange): { RootId: string; PolicyType: PolicyType } {
  return {
    RootId: inputText(change, "RootId"),
    PolicyType: inputText(change, "PolicyType") as PolicyType,
  };
}
