import type { PolicySummary } from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { canonicalContent, inputTags, inputText } from "./input.ts";
import { unless } from "./unless.ts";

type PolicyType = NonNullable<PolicySummary["Type"]>;

/** Policies: made, changed in place, deleted. */
export const policyChanges: Readonly<Record<string, ChangeHandler>> = {
  CreatePolicy: {
    already: ["DuplicatePolicyException"],
    observe: findPolicy,
    write: async (context, change) => {
      const type = inputText(change, "Type");
      const name = inputText(change, "Name");
      const tags = inputTags(change);
      const { Policy: policy } = await context.aws.call(
        "organizations",
        "CreatePolicy",
        {
          Type: type as PolicyType,
          Name: name,
          Description: inputText(change, "Description"),
          Content: inputText(change, "Content"),
          ...(tags.length === 0 ? {} : { Tags: tags }),
        },
        writeOptions(context),
      );
      const id = policy?.PolicySummary?.Id;
      if (id === undefined) return {};
      (await policyIds(context, type, false)).set(name, id);
      return { id };
    },
  },
  UpdatePolicy: {
    already: ["DuplicatePolicyException"],
    observe: async (context, change) => {
      const id = inputText(change, "PolicyId");
      const policy = await describe(context, id);
      if (policy === undefined) return { facet: null, id };
      return {
        facet: {
          name: policy.PolicySummary?.Name ?? "",
          description: policy.PolicySummary?.Description ?? "",
          content: canonicalContent(policy.Content ?? ""),
        },
        id,
      };
    },
    write: async (context, change) => {
      const id = inputText(change, "PolicyId");
      const member = (name: string): Record<string, string> =>
        change.input[name] === undefined ? {} : { [name]: inputText(change, name) };
      await context.aws.call(
        "organizations",
        "UpdatePolicy",
        { PolicyId: id, ...member("Name"), ...member("Description"), ...member("Content") },
        writeOptions(context, id),
      );
      return { id };
    },
  },
  DeletePolicy: {
    already: ["PolicyNotFoundException"],
    observe: async (context, change) => {
      const id = inputText(change, "PolicyId");
      const summary = (await describe(context, id))?.PolicySummary;
      return {
        facet:
          summary === undefined ? null : { name: summary.Name ?? "", type: summary.Type ?? "" },
        id,
      };
    },
    write: async (context, change) => {
      const id = inputText(change, "PolicyId");
      await context.aws.call(
        "organizations",
        "DeletePolicy",
        { PolicyId: id },
        writeOptions(context),
      );
      return {};
    },
  },
};

/**
 * A policy by name and type. One of that name with another content is nobody's that we made: its
 * facet says so, and matches neither what was before nor what shall be.
 */
async function findPolicy(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
): Promise<Observation> {
  const type = inputText(change, "Type");
  const name = inputText(change, "Name");
  const id = (await policyIds(context, type, fresh)).get(name);
  if (id === undefined) return { facet: null };
  const content = canonicalContent((await describe(context, id))?.Content ?? "");
  return content === canonicalContent(inputText(change, "Content"))
    ? { facet: { name, type }, id }
    : { facet: { name, type, content }, id };
}

/**
 * Ids of the policies of a type, by name. They are listed once an apply, for hundreds of policies
 * are many pages: AWS itself refuses a second policy of the same name, and then the list is read
 * again.
 */
async function policyIds(
  context: ApplyContext,
  type: string,
  fresh: boolean,
): Promise<Map<string, string>> {
  const key = `organizations/policies/${type}`;
  const known = context.memo.get(key);
  if (known instanceof Map && !fresh) return known;
  const ids = new Map<string, string>();
  const pages = context.aws.pages(
    "organizations",
    "ListPolicies",
    { Filter: type as PolicyType, MaxResults: organizationsQuotas.pageSize },
    readOptions(context),
  );
  for await (const { Policies = [] } of pages) {
    for (const { Id, Name } of Policies) {
      if (Id !== undefined && Name !== undefined) ids.set(Name, Id);
    }
  }
  context.memo.set(key, ids);
  return ids;
}

async function describe(
  context: ApplyContext,
  id: string,
): Promise<{ PolicySummary?: PolicySummary; Content?: string } | undefined> {
  const answer = await unless(["PolicyNotFoundException"], () =>
    context.aws.call("organizations", "DescribePolicy", { PolicyId: id }, readOptions(context, id)),
  );
  const { PolicySummary, Content } = answer?.Policy ?? {};
  if (answer === undefined) return undefined;
  return {
    ...(PolicySummary === undefined ? {} : { PolicySummary }),
    ...(Content === undefined ? {} : { Content }),
  };
}
