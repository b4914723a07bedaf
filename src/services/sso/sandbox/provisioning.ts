import type {
  DescribePermissionSetProvisioningStatusCommandInput,
  DescribePermissionSetProvisioningStatusCommandOutput,
  ListAccountsForProvisionedPermissionSetCommandInput,
  ListAccountsForProvisionedPermissionSetCommandOutput,
  ListPermissionSetProvisioningStatusCommandInput,
  ListPermissionSetProvisioningStatusCommandOutput,
  ListPermissionSetsProvisionedToAccountCommandInput,
  ListPermissionSetsProvisionedToAccountCommandOutput,
  ProvisionPermissionSetCommandInput,
  ProvisionPermissionSetCommandOutput,
} from "@aws-sdk/client-sso-admin";
import { metadataOf, requestOf, requestsOf } from "./assignments.ts";
import { conflict, denied, invalid } from "./errors.ts";
import { organizationInstance, standing } from "./instances.ts";
import { page } from "./page.ts";
import { setOf, writableSetOf } from "./permission-sets.ts";
import { beginRequest } from "./requests.ts";
import type { PermissionSetRecord, Provisioned, RequestRecord, Served } from "./state.ts";

/** ProvisionPermissionSet: to one account, or to all that have it. */
export const provisionPermissionSet: Served<
  ProvisionPermissionSetCommandInput,
  ProvisionPermissionSetCommandOutput
> = (context, input) => {
  const { instance, set } = writableSetOf(context, input);
  const { TargetType, TargetId: account } = input;
  if (TargetType === "AWS_ACCOUNT" && account === undefined) {
    throw invalid("TargetId is required for the target type AWS_ACCOUNT");
  }
  if (account === instance.ownerAccount && standing(context, instance) === "administrator") {
    throw denied("A delegated administrator cannot provision to the management account");
  }
  const inTheWay = [...instance.open].some(
    (id) => instance.requests.get(id)?.permissionSetArn === set.arn,
  );
  if (inTheWay) {
    throw conflict(`There is a conflicting operation in process for PermissionSet ${set.arn}`);
  }
  const request = beginRequest(context.world, instance, {
    kind: "PROVISION",
    permissionSetArn: set.arn,
    ...(TargetType === "AWS_ACCOUNT" && account !== undefined ? { account } : {}),
  });
  return { PermissionSetProvisioningStatus: statusOutput(request) };
};

/** DescribePermissionSetProvisioningStatus. */
export const describeProvisioning: Served<
  DescribePermissionSetProvisioningStatusCommandInput,
  DescribePermissionSetProvisioningStatusCommandOutput
> = (context, input) => ({
  PermissionSetProvisioningStatus: statusOutput(
    requestOf(context, input, input.ProvisionPermissionSetRequestId, "PROVISION"),
  ),
});

/** ListPermissionSetProvisioningStatus. */
export const listProvisioning: Served<
  ListPermissionSetProvisioningStatusCommandInput,
  ListPermissionSetProvisioningStatusCommandOutput
> = (context, input) => {
  const { items, next } = page(requestsOf(context, input, "PROVISION"), input, "provisioning");
  return { PermissionSetsProvisioningStatus: items.map(metadataOf), ...next };
};

/** ListAccountsForProvisionedPermissionSet. */
export const listAccounts: Served<
  ListAccountsForProvisionedPermissionSetCommandInput,
  ListAccountsForProvisionedPermissionSetCommandOutput
> = (context, input) => {
  const { set } = setOf(context, input);
  const { ProvisioningStatus: status } = input;
  const all = [...set.accounts]
    .filter(([, there]) => hasStatus(set, there, status))
    .map(([account]) => account);
  const { items, next } = page(all, input, `accounts ${set.arn} ${status ?? ""}`);
  return { AccountIds: items, ...next };
};

/** ListPermissionSetsProvisionedToAccount. */
export const listSetsOfAccount: Served<
  ListPermissionSetsProvisionedToAccountCommandInput,
  ListPermissionSetsProvisionedToAccountCommandOutput
> = (context, input) => {
  const instance = organizationInstance(context, input.InstanceArn);
  const { AccountId: account = "", ProvisioningStatus: status } = input;
  const all = [...instance.permissionSets.values()]
    .filter((set) => {
      const there = set.accounts.get(account);
      return there !== undefined && hasStatus(set, there, status);
    })
    .map(({ arn }) => arn);
  const { items, next } = page(all, input, `sets ${account} ${status ?? ""}`);
  return { PermissionSets: items, ...next };
};

function hasStatus(
  set: PermissionSetRecord,
  there: Provisioned,
  status: string | undefined,
): boolean {
  if (status === undefined) return true;
  return (there.version === set.version) === (status === "LATEST_PERMISSION_SET_PROVISIONED");
}

function statusOutput(
  request: RequestRecord,
): NonNullable<ProvisionPermissionSetCommandOutput["PermissionSetProvisioningStatus"]> {
  const { permissionSetArn, account, failureReason } = request;
  return {
    ...metadataOf(request),
    ...(account === undefined ? {} : { AccountId: account }),
    PermissionSetArn: permissionSetArn,
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
  };
}
