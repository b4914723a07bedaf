import type { ResourceScanType } from "@aws-sdk/client-inspector2";
import type { CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { batchFacet, idsOf, isSame, sameMembers } from "../kit/batches.ts";
import { changeHandler, placeOf } from "../kit/change-handler.ts";
import type {
  ApplyContext,
  ChangeHandler,
  PartFailure,
  ResolvedChange,
  WriteResult,
} from "../service.ts";
import type { ScanName } from "./schema.ts";
import { scansOn } from "./statuses.ts";

/** What AWS answers while an administrator that was just designated is not known everywhere. */
const notYet: readonly string[] = ["AccessDeniedException"];

/** How often accounts that are still being associated are tried again, and how long. */
const association = { everyMs: 5_000, atMostMs: 5 * 60_000 };

const enabling: ChangeHandler = changeHandler("inspector2", "Enable", { observe: observeScans });

/** The changes of Amazon Inspector, by operation. */
export const inspectorChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableDelegatedAdminAccount: changeHandler("inspector2", "EnableDelegatedAdminAccount", {
    observe: observeAdministrator,
  }),
  DisableDelegatedAdminAccount: changeHandler("inspector2", "DisableDelegatedAdminAccount", {
    observe: observeAdministrator,
  }),
  UpdateOrganizationConfiguration: changeHandler("inspector2", "UpdateOrganizationConfiguration", {
    observe: async ({ aws }, _change, how) => {
      const read = await aws.call(
        "inspector2",
        "DescribeOrganizationConfiguration",
        {},
        {
          ...how,
          eventual: notYet,
        },
      );
      return Object.fromEntries(
        inspectorFacts.scanTypes.map(({ name }) => [name, read.autoEnable?.[name] === true]),
      );
    },
    eventual: notYet,
  }),
  AssociateMember: memberHandler("AssociateMember"),
  DisassociateMember: memberHandler("DisassociateMember"),
  Enable: { observe: enabling.observe, write: enable },
  Disable: changeHandler("inspector2", "Disable", {
    observe: observeScans,
    failures: failuresOf("DISABLE_IN_PROGRESS"),
  }),
  UpdateConfiguration: changeHandler("inspector2", "UpdateConfiguration", {
    observe: async ({ aws }, change, how) => {
      const read = await aws.call("inspector2", "GetConfiguration", {}, how);
      const seen = sameMembers(change.after, {
        ec2ScanMode: read.ec2Configuration?.scanModeState?.scanMode ?? "",
        ecrRescanDuration: read.ecrConfiguration?.rescanDurationState?.rescanDuration ?? "",
      });
      // What AWS gives to an account that it was not read of counts as none.
      return change.before === null && !isSame(seen, change.after) ? null : seen;
    },
  }),
  UpdateOrgEc2DeepInspectionConfiguration: changeHandler(
    "inspector2",
    "UpdateOrgEc2DeepInspectionConfiguration",
    {
      observe: async ({ aws }, _change, how) => {
        const read = await aws.call("inspector2", "GetEc2DeepInspectionConfiguration", {}, how);
        return { paths: [...(read.orgPackagePaths ?? [])].sort() };
      },
    },
  ),
};

/**
 * Switches scan types on. An association goes on after AWS has answered, and until it has ended
 * the administrator has no access to the account: such accounts are asked for again.
 */
async function enable(context: ApplyContext, change: ResolvedChange): Promise<WriteResult> {
  const { clock } = context.aws;
  const how = { ...placeOf(context, change), finish: true, idempotent: false, eventual: notYet };
  const resourceTypes = change.input.resourceTypes as ResourceScanType[];
  const endAtMs = clock.now() + association.atMostMs;
  const failures: PartFailure[] = [];
  let accountIds = [...idsOf(change.input, "accountIds")];
  for (;;) {
    const output = await context.aws.call(
      "inspector2",
      "Enable",
      { accountIds, resourceTypes },
      how,
    );
    const failed = output.failedAccounts ?? [];
    const denied = failed.filter(({ errorCode }) => errorCode === "ACCESS_DENIED");
    const isOver = denied.length === 0 || clock.now() >= endAtMs;
    failures.push(
      ...failuresOf(
        "ALREADY_ENABLED",
        "ENABLE_IN_PROGRESS",
        ...(isOver ? [] : ["ACCESS_DENIED"]),
      )(output),
    );
    if (isOver) return failures.length === 0 ? {} : { failures };
    accountIds = denied.flatMap(({ accountId }) => accountId ?? []);
    await clock.sleep(association.everyMs, context.signal);
  }
}

async function observeAdministrator(
  { aws }: ApplyContext,
  _change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const { delegatedAdminAccounts = [] } = await aws.call(
    "inspector2",
    "ListDelegatedAdminAccounts",
    {},
    how,
  );
  const administrator = delegatedAdminAccounts[0]?.accountId;
  return administrator === undefined ? null : { administrator };
}

/**
 * Changes of one member, of which there may be a thousand in a Region: all members are looked at
 * once, and what is changed is noted with them.
 */
function memberHandler(operation: "AssociateMember" | "DisassociateMember"): ChangeHandler {
  return {
    observe: async (context, change, fresh) => {
      const members = await membersOf(context, change, fresh);
      return { facet: members.has(String(change.input.accountId)) ? { associated: true } : null };
    },
    write: async (context, change) => {
      const accountId = String(change.input.accountId);
      const how = { ...placeOf(context, change), finish: true, idempotent: false };
      await context.aws.call("inspector2", operation, { accountId }, { ...how, eventual: notYet });
      const members = await membersOf(context, change, false);
      if (operation === "AssociateMember") members.add(accountId);
      else members.delete(accountId);
      return {};
    },
  };
}

async function membersOf(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
): Promise<Set<string>> {
  const key = `inspector2 members ${String(change.workIn)} ${change.region}`;
  const known = context.memo.get(key) as Promise<Set<string>> | undefined;
  if (known !== undefined && !fresh) return known;
  const reading = readMembers(context, placeOf(context, change));
  context.memo.set(key, reading);
  try {
    return await reading;
  } catch (error) {
    context.memo.delete(key);
    throw error;
  }
}

async function readMembers({ aws }: ApplyContext, how: CallOptions): Promise<Set<string>> {
  const found = new Set<string>();
  const input = { onlyAssociated: false, maxResults: inspectorFacts.memberPageSize };
  const pages = aws.pages("inspector2", "ListMembers", input, { ...how, eventual: notYet });
  for await (const { members = [] } of pages) {
    for (const { accountId, relationshipStatus } of members) {
      // An association goes on after it was made.
      const isMember = ["CREATED", "ENABLED"].includes(relationshipStatus ?? "");
      if (isMember && accountId !== undefined) found.add(accountId);
    }
  }
  return found;
}

async function observeScans(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const accountIds = [...idsOf(change.before, "accounts"), ...idsOf(change.after, "accounts")];
  const names = idsOf(change.after, "scanTypes") as readonly ScanName[];
  const read = await aws.call(
    "inspector2",
    "BatchGetAccountStatus",
    { accountIds },
    {
      ...how,
      idempotent: true,
      eventual: notYet,
    },
  );
  const on = new Map((read.accounts ?? []).map((one) => [one.accountId, scansOn(one)]));
  const isEnabling = idsOf(change.after, "accounts").length > 0;
  return batchFacet(change, "accounts", (id) => {
    const scans = on.get(id) ?? [];
    const has = (name: ScanName): boolean => scans.includes(name);
    return isEnabling ? names.every(has) : names.some(has);
  });
}

/** Accounts for which it was not done; codes that say that it is so, or will be, are none. */
function failuresOf(...harmless: readonly string[]): (output: {
  readonly failedAccounts?:
    | readonly {
        readonly accountId?: string | undefined;
        readonly errorCode?: string | undefined;
        readonly errorMessage?: string | undefined;
      }[]
    | undefined;
}) => readonly PartFailure[] {
  return ({ failedAccounts = [] }) =>
    failedAccounts
      .filter(({ errorCode }) => !harmless.includes(errorCode ?? ""))
      .map(({ accountId, errorCode, errorMessage }) => ({
        ...(accountId === undefined ? {} : { account: accountId }),
        message: `${errorCode ?? "failed"}: ${errorMessage ?? ""}`,
      }));
}
