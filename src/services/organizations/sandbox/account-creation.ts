import type {
  CreateAccountCommandInput,
  CreateAccountCommandOutput,
  CreateAccountFailureReason,
  CreateAccountStatus,
  CreateGovCloudAccountCommandInput,
  CreateGovCloudAccountCommandOutput,
  DescribeCreateAccountStatusCommandInput,
  DescribeCreateAccountStatusCommandOutput,
  ListCreateAccountStatusCommandInput,
  ListCreateAccountStatusCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { accountsSlot } from "../../../sandbox/accounts.ts";
import type { Call } from "./access.ts";
import { constraintViolation, failure, invalidInput } from "./errors.ts";
import { freshId } from "./model.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { schedule } from "./settle.ts";
import type { CreationRecord, OrganizationRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { email, identifier, oneOf, tagMap, text } from "./validate.ts";

const creationStates = ["IN_PROGRESS", "SUCCEEDED", "FAILED"] as const;

/** CreateAccount: begun with the request, ended when the clock has moved on. */
export function createAccount(
  call: Call,
  input: CreateAccountCommandInput,
): Served<CreateAccountCommandOutput> {
  return { CreateAccountStatus: begin(call, input, false) };
}

/** CreateGovCloudAccount: for a management account that has an AWS GovCloud (US) account. */
export function createGovCloudAccount(
  call: Call,
  input: CreateGovCloudAccountCommandInput,
): Served<CreateGovCloudAccountCommandOutput> {
  if (!call.state.options.govCloud) {
    throw constraintViolation(
      "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED",
      "To complete this operation, the management account must have an associated account in the " +
        "AWS GovCloud (US-West) Region.",
    );
  }
  return { CreateAccountStatus: begin(call, input, true) };
}

/** DescribeCreateAccountStatus. */
export function describeCreateAccountStatus(
  { organization }: Call,
  input: DescribeCreateAccountStatusCommandInput,
): Served<DescribeCreateAccountStatusCommandOutput> {
  const id = identifier(input.CreateAccountRequestId, "creation");
  return { CreateAccountStatus: creationOutput(findCreation(organization, id)) };
}

/** ListCreateAccountStatus. */
export function listCreateAccountStatus(
  call: Call,
  input: ListCreateAccountStatusCommandInput,
): Served<ListCreateAccountStatusCommandOutput> {
  const { creations } = call.organization;
  const states = input.States?.map((state) => oneOf(state, creationStates));
  const ids = [...creations.values()]
    .filter((creation) => states === undefined || states.includes(creation.state))
    .map((creation) => creation.id);
  const list = `${call.operation} ${states?.join() ?? ""}`;
  const { items, ...rest } = page(call, list, ids, input, (id) =>
    creationOutput(findCreation(call.organization, id)),
  );
  return { CreateAccountStatuses: items, ...rest };
}

/** Accounts that count against the quota: the members and the invitations under way. */
export function countedAccounts({ organization, state }: Call): number {
  let invitations = 0;
  for (const id of organization.invitations.keys()) {
    if (state.handshakes.get(id)?.state === "OPEN") invitations++;
  }
  return organization.accounts.size + invitations;
}

function begin(
  call: Call,
  input: CreateAccountCommandInput | CreateGovCloudAccountCommandInput,
  govCloud: boolean,
): CreateAccountStatus {
  const { organization, state, now, world } = call;
  const creation: CreationRecord = {
    id: freshId(world, "car-", 32, organization.creations),
    accountName: text(input.AccountName, {
      maximum: organizationsQuotas.lengths.accountName,
      pattern: /^[\u0020-\u007e]+$/,
    }),
    email: email(input.Email),
    roleName: roleName(input.RoleName),
    tags: checkTagCount(tagMap(input.Tags)),
    govCloud,
    requestedAt: now,
    newAccountId: newAccountId(call),
    state: "IN_PROGRESS",
  };
  if (input.IamUserAccessToBilling !== undefined) {
    oneOf(input.IamUserAccessToBilling, ["ALLOW", "DENY"]);
  }
  if (countedAccounts(call) >= state.options.maximumAccounts) {
    throw constraintViolation(
      "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
      "You have exceeded the allowed number of AWS accounts.",
    );
  }
  const open = inProgress(organization);
  if (open.length >= organizationsQuotas.concurrentAccountCreations) {
    throw constraintViolation(
      "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED",
      "You have exceeded the number of accounts that can be in progress at a time.",
    );
  }
  if (open.some((it) => isSameRequest(it, creation))) {
    creation.failureReason = "CONCURRENT_ACCOUNT_MODIFICATION";
  }
  organization.creations.set(creation.id, creation);
  const at = now + state.options.accountCreationMs;
  schedule(state, { at, kind: "creation", organizationId: organization.id, id: creation.id });
  return creationOutput(creation);
}

/** An account id that no account has, and none in the making will have. */
function newAccountId({ organization, world }: Call): string {
  const { byId } = world.state(accountsSlot);
  const reserved = inProgress(organization).map((it) => it.newAccountId);
  let id: string;
  do {
    id = `${1 + Math.floor(world.random() * 9)}${world.newId(11, "0123456789")}`;
  } while (byId.has(id) || reserved.includes(id));
  return id;
}

/** The paired account's id in the other partition: made from the first, for it is never looked up. */
function govCloudAccountId(accountId: string): string {
  return [...accountId].reverse().join("");
}

function inProgress({ creations }: OrganizationRecord): CreationRecord[] {
  return [...creations.values()].filter((creation) => creation.state === "IN_PROGRESS");
}

function isSameRequest(a: CreationRecord, b: CreationRecord): boolean {
  return a.accountName === b.accountName && a.email.toLowerCase() === b.email.toLowerCase();
}

function roleName(value: string | undefined): string {
  if (value === undefined) return "OrganizationAccountAccessRole";
  const name = text(value, {
    maximum: organizationsQuotas.lengths.roleName,
    pattern: /^[\w+=,.@-]{1,64}$/,
  });
  if (name.startsWith("AWSServiceRoleFor")) {
    throw invalidInput(
      "INVALID_ROLE_NAME",
      "You provided a role name that isn't valid. A role name can't begin with the reserved " +
        "prefix AWSServiceRoleFor.",
    );
  }
  return name;
}

function findCreation(organization: OrganizationRecord, id: string): CreationRecord {
  const creation = organization.creations.get(id);
  if (creation === undefined) throw failure("CreateAccountStatusNotFoundException");
  return creation;
}

function creationOutput(creation: CreationRecord): CreateAccountStatus {
  const { state, completedAt, accountId, failureReason } = creation;
  return {
    Id: creation.id,
    AccountName: creation.accountName,
    State: state,
    RequestedTimestamp: new Date(creation.requestedAt),
    ...(completedAt === undefined ? {} : { CompletedTimestamp: new Date(completedAt) }),
    ...(accountId === undefined ? {} : { AccountId: accountId }),
    ...(accountId === undefined || !creation.govCloud
      ? {}
      : { GovCloudAccountId: govCloudAccountId(accountId) }),
    ...(state !== "FAILED" || failureReason === undefined
      ? {}
      : { FailureReason: failureReason as CreateAccountFailureReason }),
  };
}
