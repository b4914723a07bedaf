import type {
  AccountAssignmentOperationStatus,
  CreateAccountAssignmentCommandInput,
  CreateAccountAssignmentCommandOutput,
  DeleteAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommandOutput,
  DescribeAccountAssignmentCreationStatusCommandInput,
  DescribeAccountAssignmentCreationStatusCommandOutput,
  DescribeAccountAssignmentDeletionStatusCommandInput,
  DescribeAccountAssignmentDeletionStatusCommandOutput,
  ListAccountAssignmentCreationStatusCommandInput,
  ListAccountAssignmentCreationStatusCommandOutput,
  ListAccountAssignmentDeletionStatusCommandInput,
  ListAccountAssignmentDeletionStatusCommandOutput,
  ListAccountAssignmentsCommandInput,
  ListAccountAssignmentsCommandOutput,
  ListAccountAssignmentsForPrincipalCommandInput,
  ListAccountAssignmentsForPrincipalCommandOutput,
} from "@aws-sdk/client-sso-admin";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { groupsOf, identityStores } from "../../identitystore/sandbox/state.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { conflict, denied, notFound } from "./errors.ts";
import { organizationInstance, standing } from "./instances.ts";
import { page } from "./page.ts";
import { setOf, writableSetOf } from "./permission-sets.ts";
import { beginRequest } from "./requests.ts";
import type { InstanceRecord, RequestRecord, Served } from "./state.ts";

type AssignmentInput = CreateAccountAssignmentCommandInput | DeleteAccountAssignmentCommandInput;

/** CreateAccountAssignment. The permission set's role comes to the account with it. */
export const createAccountAssignment: Served<
  CreateAccountAssignmentCommandInput,
  CreateAccountAssignmentCommandOutput
> = (context, input) => {
  const { world } = context;
  const { instance, set, account, principal } = checked(context, input);
  const store = identityStores(world).get(instance.identityStoreId);
  const [type = "", id = ""] = principal.split(" ");
  const known = type === "GROUP" ? store?.groups.has(id) : store?.users.has(id);
  if (known !== true) throw notFound(`${type} with id ${id}`);
  const request = beginRequest(world, instance, {
    kind: "CREATE",
    permissionSetArn: set.arn,
    account,
    principal,
  });
  return { AccountAssignmentCreationStatus: statusOutput(request) };
};

/** DeleteAccountAssignment. */
export const deleteAccountAssignment: Served<
  DeleteAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommandOutput
> = (context, input) => {
  const { instance, set, account, principal } = checked(context, input);
  if (!set.accounts.get(account)?.principals.has(principal)) {
    throw notFound(`assignment of ${principal} to ${account}`);
  }
  const request = beginRequest(context.world, instance, {
    kind: "DELETE",
    permissionSetArn: set.arn,
    account,
    principal,
  });
  return { AccountAssignmentDeletionStatus: statusOutput(request) };
};

/** What both have in common: who may, where to, and not too many at a time. */
function checked(
  context: HandlerContext,
  input: AssignmentInput,
): ReturnType<typeof setOf> & { readonly account: string; readonly principal: string } {
  const { instance, set } = writableSetOf(context, input);
  const account = input.TargetId ?? "";
  if (account === instance.ownerAccount && standing(context, instance) === "administrator") {
    throw denied("A delegated administrator cannot assign access to the management account");
  }
  if (organizationWith(context.world, account)?.managementAccountId !== instance.ownerAccount) {
    throw notFound(`account with id ${account} in the organization`);
  }
  const open = [...instance.open].flatMap((id) => instance.requests.get(id) ?? []);
  const assignments = open.filter(({ kind }) => kind !== "PROVISION");
  if (assignments.length >= identityCenterFacts.outstandingRequests) {
    throw new ServiceError("ThrottlingException", "Too many outstanding requests", {
      httpStatus: 400,
    });
  }
  const inTheWay = open.some(
    (request) =>
      request.permissionSetArn === set.arn &&
      (request.account === undefined || request.account === account),
  );
  if (inTheWay) {
    throw conflict(
      `There is a conflicting operation in process for PermissionSet ${set.arn} and account ${account}`,
    );
  }
  return {
    instance,
    set,
    account,
    principal: `${input.PrincipalType ?? ""} ${input.PrincipalId ?? ""}`,
  };
}

/** DescribeAccountAssignmentCreationStatus. */
export const describeCreation: Served<
  DescribeAccountAssignmentCreationStatusCommandInput,
  DescribeAccountAssignmentCreationStatusCommandOutput
> = (context, input) => ({
  AccountAssignmentCreationStatus: statusOutput(
    requestOf(context, input, input.AccountAssignmentCreationRequestId, "CREATE"),
  ),
});

/** DescribeAccountAssignmentDeletionStatus. */
export const describeDeletion: Served<
  DescribeAccountAssignmentDeletionStatusCommandInput,
  DescribeAccountAssignmentDeletionStatusCommandOutput
> = (context, input) => ({
  AccountAssignmentDeletionStatus: statusOutput(
    requestOf(context, input, input.AccountAssignmentDeletionRequestId, "DELETE"),
  ),
});

/** ListAccountAssignmentCreationStatus. */
export const listCreations: Served<
  ListAccountAssignmentCreationStatusCommandInput,
  ListAccountAssignmentCreationStatusCommandOutput
> = (context, input) => {
  const { items, next } = page(requestsOf(context, input, "CREATE"), input, "creations");
  return { AccountAssignmentsCreationStatus: items.map(metadataOf), ...next };
};

/** ListAccountAssignmentDeletionStatus. */
export const listDeletions: Served<
  ListAccountAssignmentDeletionStatusCommandInput,
  ListAccountAssignmentDeletionStatusCommandOutput
> = (context, input) => {
  const { items, next } = page(requestsOf(context, input, "DELETE"), input, "deletions");
  return { AccountAssignmentsDeletionStatus: items.map(metadataOf), ...next };
};

/** ListAccountAssignments: of one permission set in one account. */
export const listAccountAssignments: Served<
  ListAccountAssignmentsCommandInput,
  ListAccountAssignmentsCommandOutput
> = (context, input) => {
  const { set } = setOf(context, input);
  const account = input.AccountId ?? "";
  const principals = [...(set.accounts.get(account)?.principals ?? [])];
  const { items, next } = page(principals, input, `assignments ${account} ${set.arn}`);
  return {
    AccountAssignments: items.map((principal) => assignmentOutput(account, set.arn, principal)),
    ...next,
  };
};

/** ListAccountAssignmentsForPrincipal: a user's own and those of the groups that it is in. */
export const listForPrincipal: Served<
  ListAccountAssignmentsForPrincipalCommandInput,
  ListAccountAssignmentsForPrincipalCommandOutput
> = (context, input) => {
  const instance = organizationInstance(context, input.InstanceArn);
  const { PrincipalId = "", PrincipalType = "", Filter: filter } = input;
  const principals = [`${PrincipalType} ${PrincipalId}`];
  const store = identityStores(context.world).get(instance.identityStoreId);
  if (PrincipalType === "USER" && store !== undefined) {
    principals.push(...groupsOf(store, PrincipalId).map((id) => `GROUP ${id}`));
  }
  const all = principals.flatMap((principal) =>
    [...(instance.assignments.get(principal) ?? [])].map((one) => {
      const [account = "", arn = ""] = one.split(" ");
      return assignmentOutput(account, arn, principal);
    }),
  );
  const wanted = all.filter(
    ({ AccountId }) => filter?.AccountId === undefined || AccountId === filter.AccountId,
  );
  const { items, next } = page(wanted, input, `of ${PrincipalId} ${filter?.AccountId ?? ""}`);
  return { AccountAssignments: items, ...next };
};

function assignmentOutput(
  AccountId: string,
  PermissionSetArn: string,
  principal: string,
): {
  AccountId: string;
  PermissionSetArn: string;
  PrincipalType: "GROUP" | "USER";
  PrincipalId: string;
} {
  const [type, PrincipalId = ""] = principal.split(" ");
  const PrincipalType = type === "USER" ? "USER" : "GROUP";
  return { AccountId, PermissionSetArn, PrincipalType, PrincipalId };
}

interface RequestInput {
  readonly InstanceArn?: string | undefined;
  readonly Filter?: { readonly Status?: string | undefined } | undefined;
}

/** A request by its id. */
export function requestOf(
  context: HandlerContext,
  input: RequestInput,
  id: string | undefined,
  kind: RequestRecord["kind"],
): RequestRecord {
  const request = organizationInstance(context, input.InstanceArn).requests.get(id ?? "");
  if (request?.kind !== kind) throw notFound(`request with id ${id ?? ""}`);
  return request;
}

/** Requests of a kind, the newest first. */
export function requestsOf(
  context: HandlerContext,
  input: RequestInput,
  kind: RequestRecord["kind"],
): readonly RequestRecord[] {
  const instance: InstanceRecord = organizationInstance(context, input.InstanceArn);
  return [...instance.requests.values()]
    .filter(
      (request) =>
        request.kind === kind &&
        (input.Filter?.Status === undefined || request.status === input.Filter.Status),
    )
    .reverse();
}

/** What lists of requests show of one. */
export function metadataOf({ id, status, createdAt }: RequestRecord): {
  RequestId: string;
  Status: RequestRecord["status"];
  CreatedDate: Date;
} {
  return { RequestId: id, Status: status, CreatedDate: new Date(createdAt) };
}

function statusOutput(request: RequestRecord): AccountAssignmentOperationStatus {
  const { permissionSetArn, account, principal, failureReason } = request;
  const [type, id = ""] = (principal ?? "").split(" ");
  return {
    ...metadataOf(request),
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    ...(account === undefined ? {} : { TargetId: account }),
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: permissionSetArn,
    PrincipalType: type === "USER" ? "USER" : "GROUP",
    PrincipalId: id,
  };
}
