import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { canonicalContent, inputTags, inputText } from "./input.ts";
import { unless } from "./unless.ts";

const page = { MaxResults: organizationsQuotas.pageSize };

/** Trusted access of services, delegated administrators, the organization's resource policy. */
export const delegationChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableAWSServiceAccess: {
    observe: observeTrustedAccess,
    write: async (context, change) => {
      const input = { ServicePrincipal: inputText(change, "ServicePrincipal") };
      await context.aws.call(
        "organizations",
        "EnableAWSServiceAccess",
        input,
        writeOptions(context),
      );
      return {};
    },
  },
  DisableAWSServiceAccess: {
    observe: observeTrustedAccess,
    write: async (context, change) => {
      const input = { ServicePrincipal: inputText(change, "ServicePrincipal") };
      await context.aws.call(
        "organizations",
        "DisableAWSServiceAccess",
        input,
        writeOptions(context),
      );
      return {};
    },
  },
  RegisterDelegatedAdministrator: {
    already: ["AccountAlreadyRegisteredException"],
    observe: observeDelegation,
    write: async (context, change) => {
      const input = delegationOf(change);
      await context.aws.call(
        "organizations",
        "RegisterDelegatedAdministrator",
        input,
        writeOptions(context, input.AccountId),
      );
      return {};
    },
  },
  DeregisterDelegatedAdministrator: {
    already: ["AccountNotRegisteredException"],
    undo: { operation: "RegisterDelegatedAdministrator", where: "ServicePrincipal" },
    observe: observeDelegation,
    write: async (context, change) => {
      await context.aws.call(
        "organizations",
        "DeregisterDelegatedAdministrator",
        delegationOf(change),
        writeOptions(context),
      );
      return {};
    },
  },
  PutResourcePolicy: {
    observe: observeResourcePolicy,
    write: async (context, change) => {
      const tags = inputTags(change);
      const { ResourcePolicy: policy } = await context.aws.call(
        "organizations",
        "PutResourcePolicy",
        {
          Content: inputText(change, "Content"),
          ...(tags.length === 0 ? {} : { Tags: tags }),
        },
        writeOptions(context),
      );
      const id = policy?.ResourcePolicySummary?.Id;
      return id === undefined ? {} : { id };
    },
  },
  DeleteResourcePolicy: {
    already: ["ResourcePolicyNotFoundException"],
    observe: observeResourcePolicy,
    write: async (context) => {
      await context.aws.call("organizations", "DeleteResourcePolicy", {}, writeOptions(context));
      return {};
    },
  },
};

async function observeTrustedAccess(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<Observation> {
  const principal = inputText(change, "ServicePrincipal");
  const pages = context.aws.pages(
    "organizations",
    "ListAWSServiceAccessForOrganization",
    page,
    readOptions(context),
  );
  for await (const { EnabledServicePrincipals = [] } of pages) {
    if (EnabledServicePrincipals.some(({ ServicePrincipal }) => ServicePrincipal === principal)) {
      return { facet: { enabled: true } };
    }
  }
  return { facet: null };
}

async function observeDelegation(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<Observation> {
  const { AccountId, ServicePrincipal } = delegationOf(change);
  const registered = await unless(["AccountNotRegisteredException"], async () => {
    const pages = context.aws.pages(
      "organizations",
      "ListDelegatedServicesForAccount",
      { AccountId, ...page },
      readOptions(context, AccountId),
    );
    for await (const { DelegatedServices = [] } of pages) {
      if (DelegatedServices.some((service) => service.ServicePrincipal === ServicePrincipal)) {
        return true;
      }
    }
    return false;
  });
  return { facet: registered === true ? { registered: true } : null };
}

async function observeResourcePolicy(context: ApplyContext): Promise<Observation> {
  const answer = await unless(["ResourcePolicyNotFoundException"], () =>
    context.aws.call("organizations", "DescribeResourcePolicy", {}, readOptions(context)),
  );
  if (answer === undefined) return { facet: null };
  const { ResourcePolicySummary, Content = "" } = answer.ResourcePolicy ?? {};
  const id = ResourcePolicySummary?.Id;
  return {
    facet: { content: canonicalContent(Content) },
    ...(id === undefined ? {} : { id }),
  };
}

function delegationOf(change: ResolvedChange): { AccountId: string; ServicePrincipal: string } {
  return {
    AccountId: inputText(change, "AccountId"),
    ServicePrincipal: inputText(change, "ServicePrincipal"),
  };
}
