import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { picked } from "./plan-region.ts";
import {
  readAdministrator,
  readConfiguration,
  readDiscovery,
  readDiscoveryAccounts,
  readExport,
  readPublication,
  readSession,
} from "./reads.ts";

/** An administrator that was just designated is not known everywhere at once. */
const eventual = ["AccessDeniedException"];

/** The changes of Macie, by operation. */
export const macieChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableOrganizationAdminAccount: changeHandler("macie2", "EnableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  DisableOrganizationAdminAccount: changeHandler("macie2", "DisableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  EnableMacie: changeHandler("macie2", "EnableMacie", {
    observe: async ({ aws }, _, how) =>
      (await readSession(aws, how)) === null ? null : { enabled: true },
    already: ["ConflictException"],
  }),
  UpdateMacieSession: changeHandler("macie2", "UpdateMacieSession", {
    observe: async ({ aws }, _, how) => {
      const found = await readSession(aws, how);
      return found === null ? null : { frequency: found.frequency };
    },
    eventual,
  }),
  UpdateOrganizationConfiguration: changeHandler("macie2", "UpdateOrganizationConfiguration", {
    observe: async ({ aws }, _, how) => {
      const { autoEnable } = await readConfiguration(aws, { ...how, eventual });
      return { autoEnable };
    },
    eventual,
  }),
  CreateMember: changeHandler("macie2", "CreateMember", { observe: observeMember, eventual }),
  UpdateMemberSession: changeHandler("macie2", "UpdateMemberSession", { observe: observeMember }),
  UpdateAutomatedDiscoveryConfiguration: changeHandler(
    "macie2",
    "UpdateAutomatedDiscoveryConfiguration",
    { observe: async ({ aws }, _, how) => ({ ...(await readDiscovery(aws, how)) }), eventual },
  ),
  BatchUpdateAutomatedDiscoveryAccounts: changeHandler(
    "macie2",
    "BatchUpdateAutomatedDiscoveryAccounts",
    {
      observe: observeDiscoveryAccounts,
      failures: ({ errors = [] }) =>
        errors.map(({ accountId, errorCode }) => ({
          ...(accountId === undefined ? {} : { account: accountId }),
          message: errorCode ?? "not processed",
        })),
    },
  ),
  PutClassificationExportConfiguration: changeHandler(
    "macie2",
    "PutClassificationExportConfiguration",
    {
      observe: async ({ aws }, { after }, how) => {
        const found = await readExport(aws, how);
        return found === null ? null : picked(found, after ?? {});
      },
      eventual,
    },
  ),
  PutFindingsPublicationConfiguration: changeHandler(
    "macie2",
    "PutFindingsPublicationConfiguration",
    { observe: async ({ aws }, _, how) => ({ ...(await readPublication(aws, how)) }), eventual },
  ),
};

async function observeAdministrator(
  { aws }: ApplyContext,
  _: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const account = await readAdministrator(aws, how);
  return account === null ? null : { account };
}

async function observeMember(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const account = isJsonObject(input.account ?? null)
    ? (input.account as JsonObject).accountId
    : input.id;
  try {
    const found = await aws.call(
      "macie2",
      "GetMember",
      { id: String(account) },
      { ...how, eventual },
    );
    const state = found.relationshipStatus ?? "";
    return state === "Removed" ? null : { state };
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return null;
    }
    throw error;
  }
}

async function observeDiscoveryAccounts(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject> {
  const accounts = (input.accounts as readonly { readonly accountId: string }[]).map(
    ({ accountId }) => accountId,
  );
  const found = await readDiscoveryAccounts(aws, how, accounts);
  return {
    accounts: accounts.map((account) => ({ account, status: found[account] ?? null })),
  };
}
