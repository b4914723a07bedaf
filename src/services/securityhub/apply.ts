import type { Target } from "@aws-sdk/client-securityhub";
import type { CallOptions } from "../../aws/aws.ts";
import { AppError } from "../../core/app-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { changeHandler, waitUntil } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { inOneForm } from "./content.ts";
import { facetOf } from "./plan-aggregator.ts";
import {
  type Feature,
  readAdministrator,
  readAggregator,
  readAggregatorV2,
  readConfiguration,
  readHub,
  readHubV2,
  readPolicies,
  readPolicyContent,
  unlessAbsent,
} from "./reads.ts";

/** An administrator that was just designated is not known everywhere at once. */
const eventual = ["InvalidAccessException", "AccessDeniedException"];
/** How long AWS may take to switch to central configuration. */
const centralLimits = { everyMs: 10_000, atMostMs: 30 * 60_000 };

/** The changes of Security Hub, by operation. */
export const securityHubChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableOrganizationAdminAccount: changeHandler("securityhub", "EnableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  DisableOrganizationAdminAccount: changeHandler("securityhub", "DisableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  EnableSecurityHub: changeHandler("securityhub", "EnableSecurityHub", {
    observe: async ({ aws }, _, how) => ((await readHub(aws, how)) ? { enabled: true } : null),
    already: ["ResourceConflictException"],
  }),
  EnableSecurityHubV2: changeHandler("securityhub", "EnableSecurityHubV2", {
    observe: async ({ aws }, _, how) => ((await readHubV2(aws, how)) ? { enabled: true } : null),
    eventual,
  }),
  CreateFindingAggregator: changeHandler("securityhub", "CreateFindingAggregator", {
    observe: observeAggregator,
    idOf: ({ FindingAggregatorArn }) => FindingAggregatorArn,
    eventual,
  }),
  UpdateFindingAggregator: changeHandler("securityhub", "UpdateFindingAggregator", {
    observe: observeAggregator,
  }),
  DeleteFindingAggregator: changeHandler("securityhub", "DeleteFindingAggregator", {
    observe: observeAggregator,
  }),
  CreateAggregatorV2: changeHandler("securityhub", "CreateAggregatorV2", {
    observe: observeAggregatorV2,
    idOf: ({ AggregatorV2Arn }) => AggregatorV2Arn,
    eventual,
  }),
  UpdateAggregatorV2: changeHandler("securityhub", "UpdateAggregatorV2", {
    observe: observeAggregatorV2,
  }),
  DeleteAggregatorV2: changeHandler("securityhub", "DeleteAggregatorV2", {
    observe: observeAggregatorV2,
  }),
  UpdateOrganizationConfiguration: changeHandler("securityhub", "UpdateOrganizationConfiguration", {
    observe: observeConfiguration,
    settle: untilConfigured,
    eventual,
  }),
  CreateMembers: changeHandler("securityhub", "CreateMembers", {
    observe: observeMembers,
    failures: ({ UnprocessedAccounts = [] }) =>
      UnprocessedAccounts.map(({ AccountId, ProcessingResult }) => ({
        ...(AccountId === undefined ? {} : { account: AccountId }),
        message: ProcessingResult ?? "not processed",
      })),
    eventual,
  }),
  CreateConfigurationPolicy: changeHandler("securityhub", "CreateConfigurationPolicy", {
    observe: async ({ aws }, { input }, how) =>
      observePolicy(aws, how, ({ name }) => name === input.Name),
    idOf: ({ Id }) => Id,
    eventual,
  }),
  UpdateConfigurationPolicy: changeHandler("securityhub", "UpdateConfigurationPolicy", {
    observe: async ({ aws }, { input }, how) =>
      observePolicy(aws, how, ({ id }) => id === input.Identifier),
  }),
  DeleteConfigurationPolicy: changeHandler("securityhub", "DeleteConfigurationPolicy", {
    observe: async ({ aws }, { input }, how) => {
      const found = (await readPolicies(aws, how)).find(({ id }) => id === input.Identifier);
      return found === undefined ? null : { name: found.name };
    },
  }),
  StartConfigurationPolicyAssociation: changeHandler(
    "securityhub",
    "StartConfigurationPolicyAssociation",
    { observe: observeAssociation, eventual: [...eventual, "ResourceNotFoundException"] },
  ),
  StartConfigurationPolicyDisassociation: changeHandler(
    "securityhub",
    "StartConfigurationPolicyDisassociation",
    { observe: observeAssociation },
  ),
};

async function observeAdministrator(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const feature: Feature = input.Feature === "SecurityHubV2" ? "SecurityHubV2" : "SecurityHub";
  const account = await readAdministrator(aws, how, feature);
  return account === null ? null : { account };
}

async function observeAggregator(
  { aws }: ApplyContext,
  _: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null | Observation> {
  const found = await readAggregator(aws, how);
  return found === null ? null : { facet: facetOf(found.linking, found.regions), id: found.arn };
}

async function observeAggregatorV2(
  { aws }: ApplyContext,
  _: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null | Observation> {
  const found = await readAggregatorV2(aws, how);
  return found === null ? null : { facet: facetOf(found.linking, found.regions), id: found.arn };
}

/** Those members of the configuration that the change is about. */
async function observeConfiguration(
  { aws }: ApplyContext,
  { after }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject> {
  const found = await readConfiguration(aws, how);
  const all: JsonObject = {
    configurationType: found.status === "FAILED" ? "FAILED" : found.configurationType,
    autoEnable: found.autoEnable,
    autoEnableStandards: found.autoEnableStandards,
  };
  return Object.fromEntries(
    Object.keys(after ?? {}).map((member) => [member, all[member] ?? null]),
  );
}

async function untilConfigured(
  context: ApplyContext,
  change: ResolvedChange,
  _: unknown,
  how: CallOptions,
): Promise<void> {
  if (change.after?.configurationType !== "CENTRAL") return;
  await waitUntil(
    context,
    change,
    async () => {
      const { status } = await readConfiguration(context.aws, how);
      if (status === "FAILED") {
        throw new AppError(
          "ORGRAIL4120",
          "AWS could not switch Security Hub to central configuration",
          { hint: "see DescribeOrganizationConfiguration in the administrator's home Region" },
        );
      }
      return status === "ENABLED";
    },
    centralLimits,
  );
}

async function observeMembers(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject> {
  const accounts = (input.AccountDetails as readonly { readonly AccountId: string }[]).map(
    ({ AccountId }) => AccountId,
  );
  const { Members = [] } = await aws.call(
    "securityhub",
    "GetMembers",
    { AccountIds: accounts },
    { ...how, eventual },
  );
  const states = new Map(Members.map((member) => [member.AccountId, member.MemberStatus]));
  return {
    accounts: accounts.map((account) => ({ account, state: states.get(account) ?? null })),
  };
}

async function observePolicy(
  aws: ApplyContext["aws"],
  how: CallOptions,
  is: (policy: { readonly id: string; readonly name: string }) => boolean,
): Promise<JsonObject | null | Observation> {
  const found = (await readPolicies(aws, { ...how, eventual })).find(is);
  if (found === undefined) return null;
  const content = inOneForm(await readPolicyContent(aws, how, found.id));
  return { facet: { description: found.description, content }, id: found.id };
}

async function observeAssociation(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const found = await unlessAbsent(
    () =>
      aws.call(
        "securityhub",
        "GetConfigurationPolicyAssociation",
        { Target: input.Target as unknown as Target },
        how,
      ),
    ["ResourceNotFoundException"],
  );
  return found?.AssociationType === "APPLIED"
    ? { configuration: found.ConfigurationPolicyId ?? "" }
    : null;
}
