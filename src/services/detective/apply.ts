import type { CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import { batchFacet, idsOf } from "../kit/batches.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";

/** What AWS may answer while an administrator that was just designated is not known everywhere. */
const notYet: readonly string[] = ["AccessDeniedException", "ResourceNotFoundException"];

const enabling: ChangeHandler = changeHandler("detective", "EnableOrganizationAdminAccount", {
  observe: observeAdministrator,
  eventual: ["AccessDeniedException"],
});

/** The changes of Amazon Detective, by operation. */
export const detectiveChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableOrganizationAdminAccount: {
    ...enabling,
    // The answer does not tell the graph that comes with it; a look does.
    write: async (context, change, note) => {
      await enabling.write(context, change, note);
      const { id } = await enabling.observe(context, change, true);
      return id === undefined ? {} : { id };
    },
  },
  DisableOrganizationAdminAccount: changeHandler("detective", "DisableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  UpdateOrganizationConfiguration: changeHandler("detective", "UpdateOrganizationConfiguration", {
    observe: async ({ aws }, { input }, how) => {
      const given = { GraphArn: String(input.GraphArn) };
      const read = await aws.call("detective", "DescribeOrganizationConfiguration", given, {
        ...how,
        eventual: notYet,
      });
      return { autoEnable: read.AutoEnable === true };
    },
    eventual: notYet,
  }),
  CreateMembers: changeHandler("detective", "CreateMembers", {
    observe: observeMembers,
    // Accounts that are members already are in the answer, too, and are no failures.
    failures: ({ UnprocessedAccounts = [] }) =>
      UnprocessedAccounts.filter(({ Reason }) => !/already a member/i.test(Reason ?? "")).map(
        ({ AccountId, Reason }) => ({
          ...(AccountId === undefined ? {} : { account: AccountId }),
          message: Reason ?? "AWS gives no reason",
        }),
      ),
    eventual: notYet,
  }),
  UpdateDatasourcePackages: changeHandler("detective", "UpdateDatasourcePackages", {
    observe: async ({ aws }, change, how) => {
      const input = { GraphArn: String(change.input.GraphArn) };
      const read = await aws.call("detective", "ListDatasourcePackages", input, {
        ...how,
        eventual: notYet,
      });
      const started = read.DatasourcePackages as
        | Readonly<Record<string, { readonly DatasourcePackageIngestState?: string }>>
        | undefined;
      return batchFacet(
        change,
        "packages",
        (name) => started?.[name]?.DatasourcePackageIngestState === "STARTED",
      );
    },
  }),
};

async function observeAdministrator(
  { aws }: ApplyContext,
  _change: ResolvedChange,
  how: CallOptions,
): Promise<Observation> {
  const { Administrators = [] } = await aws.call(
    "detective",
    "ListOrganizationAdminAccounts",
    {},
    how,
  );
  const [first] = Administrators;
  if (first?.AccountId === undefined) return { facet: null };
  const facet: JsonObject = { administrator: first.AccountId };
  return { facet, ...(first.GraphArn === undefined ? {} : { id: first.GraphArn }) };
}

async function observeMembers(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const AccountIds = [...idsOf(change.after, "members")];
  const input = { GraphArn: String(change.input.GraphArn), AccountIds };
  const { MemberDetails = [] } = await aws.call("detective", "GetMembers", input, {
    ...how,
    eventual: notYet,
  });
  const found = new Set(MemberDetails.map(({ AccountId }) => AccountId));
  return batchFacet(change, "members", (id) => found.has(id));
}
