import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { AppError } from "../../core/app-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { placeOf, waitUntil } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";

/** AWS: most requests end in seconds; those to all accounts of a set take minutes. */
const patience = { everyMs: 2_000, atMostMs: 30 * 60_000 };

/** The state of an asynchronous request, as all three kinds have it. */
interface RequestStatus {
  readonly Status?: string | undefined;
  readonly RequestId?: string | undefined;
  readonly FailureReason?: string | undefined;
}

interface Asynchronous {
  readonly observe: ChangeHandler["observe"];
  request(
    context: ApplyContext,
    change: ResolvedChange,
    how: CallOptions,
  ): Promise<RequestStatus | undefined>;
  describe(
    context: ApplyContext,
    change: ResolvedChange,
    id: string,
    how: CallOptions,
  ): Promise<RequestStatus | undefined>;
  readonly isParallel: boolean;
  readonly already?: readonly string[];
}

/** Assignments and provisioning: requests that AWS works on after its answer. */
export const assignmentChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateAccountAssignment: asynchronous({
    observe: observeAssignment,
    request: async ({ aws }, { input }, how) =>
      (await aws.call("sso", "CreateAccountAssignment", assignmentInput(input), how))
        .AccountAssignmentCreationStatus,
    describe: async ({ aws }, { input }, id, how) =>
      (
        await aws.call(
          "sso",
          "DescribeAccountAssignmentCreationStatus",
          { InstanceArn: String(input.InstanceArn), AccountAssignmentCreationRequestId: id },
          how,
        )
      ).AccountAssignmentCreationStatus,
    isParallel: true,
  }),
  DeleteAccountAssignment: asynchronous({
    observe: observeAssignment,
    request: async ({ aws }, { input }, how) =>
      (await aws.call("sso", "DeleteAccountAssignment", assignmentInput(input), how))
        .AccountAssignmentDeletionStatus,
    describe: async ({ aws }, { input }, id, how) =>
      (
        await aws.call(
          "sso",
          "DescribeAccountAssignmentDeletionStatus",
          { InstanceArn: String(input.InstanceArn), AccountAssignmentDeletionRequestId: id },
          how,
        )
      ).AccountAssignmentDeletionStatus,
    isParallel: true,
    already: ["ResourceNotFoundException"],
  }),
  ProvisionPermissionSet: asynchronous({
    observe: observeProvisioning,
    request: async ({ aws }, { input }, how) =>
      (
        await aws.call(
          "sso",
          "ProvisionPermissionSet",
          {
            InstanceArn: String(input.InstanceArn),
            PermissionSetArn: String(input.PermissionSetArn),
            TargetType: "ALL_PROVISIONED_ACCOUNTS",
          },
          how,
        )
      ).PermissionSetProvisioningStatus,
    describe: async ({ aws }, { input }, id, how) =>
      (
        await aws.call(
          "sso",
          "DescribePermissionSetProvisioningStatus",
          { InstanceArn: String(input.InstanceArn), ProvisionPermissionSetRequestId: id },
          how,
        )
      ).PermissionSetProvisioningStatus,
    isParallel: false,
  }),
};

function asynchronous(operation: Asynchronous): ChangeHandler {
  const send = async (
    context: ApplyContext,
    change: ResolvedChange,
  ): Promise<RequestStatus | undefined> =>
    operation.request(context, change, {
      ...placeOf(context, change),
      finish: true,
      idempotent: false,
      // Another request about the same set and account has to end first; administrators that were
      // just registered are not known everywhere at once.
      eventual: ["ConflictException", "AccessDeniedException"],
    });
  return {
    observe: operation.observe,
    write: async (context, change, noteRequest) => {
      const how = placeOf(context, change);
      const known =
        change.earlierRequest === undefined
          ? undefined
          : await lookAt(operation, context, change, change.earlierRequest, how);
      let status = known ?? (await send(context, change));
      const id = status?.RequestId;
      if (id === undefined) throw new Error(`AWS gave no request of ${change.id}`);
      if (known === undefined) await noteRequest(id);
      await waitUntil(
        context,
        change,
        async () => {
          if (status?.Status === "IN_PROGRESS") {
            status = await operation.describe(context, change, id, how);
          }
          return status?.Status !== "IN_PROGRESS";
        },
        patience,
      );
      if (status?.Status === "FAILED") throw failure(change, id, status.FailureReason);
      return {};
    },
    ...(operation.isParallel
      ? {
          start: async (context: ApplyContext, change: ResolvedChange) =>
            (await send(context, change))?.RequestId,
          concurrent: identityCenterFacts.outstandingRequests,
        }
      : {}),
    ...(operation.already === undefined ? {} : { already: operation.already }),
  };
}

/** A request of an earlier try; `undefined` when AWS has forgotten it, or when it failed then. */
async function lookAt(
  operation: Asynchronous,
  context: ApplyContext,
  change: ResolvedChange,
  id: string,
  how: CallOptions,
): Promise<RequestStatus | undefined> {
  try {
    const status = await operation.describe(context, change, id, how);
    return status?.Status === "FAILED" && !isFromThisApply(context, change) ? undefined : status;
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return undefined;
    }
    throw error;
  }
}

/** Requests that were sent ahead a moment ago have said their last word; old ones are tried anew. */
function isFromThisApply({ aws }: ApplyContext, { firstTriedAtMs }: ResolvedChange): boolean {
  return firstTriedAtMs !== undefined && aws.clock.now() - firstTriedAtMs < patience.atMostMs;
}

function failure(change: ResolvedChange, id: string, reason = "AWS gave no reason"): AppError {
  return new AppError(
    "ORGRAIL4123",
    `${change.operation} of ${change.address} failed: ${reason} (request ${id})`,
    {
      hint: reason.includes("404")
        ? "a permission set needs its customer managed policies in every account that gets it: create them there, then apply again"
        : "mend what AWS names, then plan and apply again",
    },
  );
}

/**
 * Whether an assignment is there. Those of one principal are read together, a hundred at a time, and
 * kept: AWS itself takes an assignment that is there for done.
 */
async function observeAssignment(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
): Promise<{ readonly facet: JsonObject | null }> {
  const { aws, memo } = context;
  const how = placeOf(context, change);
  const { InstanceArn, PermissionSetArn, PrincipalId, PrincipalType, TargetId } = assignmentInput(
    change.input,
  );
  const MaxResults = identityCenterFacts.pageSize;
  if (fresh) {
    const input = { InstanceArn, PermissionSetArn, AccountId: TargetId, MaxResults };
    for await (const page of aws.pages("sso", "ListAccountAssignments", input, how)) {
      const has = page.AccountAssignments?.some(
        (one) => one.PrincipalId === PrincipalId && one.PrincipalType === PrincipalType,
      );
      if (has) return { facet: { assigned: true } };
    }
    return { facet: null };
  }
  const key = `sso/assignments/${PrincipalType} ${PrincipalId}`;
  let known = memo.get(key) as Promise<ReadonlySet<string>> | undefined;
  if (known === undefined) {
    known = (async () => {
      const found = new Set<string>();
      const input = { InstanceArn, PrincipalId, PrincipalType, MaxResults };
      const operation = "ListAccountAssignmentsForPrincipal";
      for await (const page of aws.pages("sso", operation, input, how)) {
        for (const one of page.AccountAssignments ?? []) {
          if (one.PrincipalId !== PrincipalId) continue;
          found.add(`${one.AccountId ?? ""} ${one.PermissionSetArn ?? ""}`);
        }
      }
      return found;
    })();
    memo.set(key, known);
    known.catch(() => memo.delete(key));
  }
  const has = (await known).has(`${TargetId} ${PermissionSetArn}`);
  return { facet: has ? { assigned: true } : null };
}

async function observeProvisioning(
  { aws, ...context }: ApplyContext,
  change: ResolvedChange,
): Promise<{ readonly facet: JsonObject }> {
  const { AccountIds = [] } = await aws.call(
    "sso",
    "ListAccountsForProvisionedPermissionSet",
    {
      InstanceArn: String(change.input.InstanceArn),
      PermissionSetArn: String(change.input.PermissionSetArn),
      ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
      MaxResults: 1,
    },
    placeOf({ aws, ...context }, change),
  );
  return { facet: { provisioned: AccountIds.length > 0 ? "outdated" : "latest" } };
}

function assignmentInput(input: JsonObject): {
  InstanceArn: string;
  PermissionSetArn: string;
  PrincipalId: string;
  PrincipalType: "GROUP" | "USER";
  TargetId: string;
  TargetType: "AWS_ACCOUNT";
} {
  return {
    InstanceArn: String(input.InstanceArn),
    PermissionSetArn: String(input.PermissionSetArn),
    PrincipalId: String(input.PrincipalId),
    PrincipalType: input.PrincipalType === "USER" ? "USER" : "GROUP",
    TargetId: String(input.TargetId),
    TargetType: "AWS_ACCOUNT",
  };
}
