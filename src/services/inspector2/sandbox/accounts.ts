import type {
  Account,
  AccountState,
  BatchGetAccountStatusCommandInput,
  BatchGetAccountStatusCommandOutput,
  DisableCommandInput,
  DisableCommandOutput,
  EnableCommandInput,
  EnableCommandOutput,
  ErrorCode,
  FailedAccount,
  ResourceState,
  ResourceStatus,
  State,
} from "@aws-sdk/client-inspector2";
import { inspectorFacts } from "../../../data/inspector2-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { relationshipOf, settledState } from "./administration.ts";
import { invalid } from "./errors.ts";
import { overallStatus, policyScans, readScanTypes, statusOf, switchScans } from "./scans.ts";
import type { Served } from "./served.ts";
import { regionState, type ScanName, type Scans } from "./state.ts";

const enable: Served<EnableCommandInput, EnableCommandOutput> = (context, input) => {
  const types = readScanTypes(input.resourceTypes);
  if (types.length === 0) throw invalid("At least one resource type is required.");
  return eachAccount(context, input.accountIds, (account, state) => {
    const missing = types.find(({ needs }) => {
      const isNamed = types.some(({ name }) => name === needs);
      return needs !== undefined && !isNamed && state.scans?.[needs]?.on !== true;
    });
    if (missing !== undefined) {
      throw invalid(`${missing.resourceType} cannot be enabled without its standard scan type.`);
    }
    const names = types.map(({ name }) => name);
    const managed = managedScans(context, account);
    if (names.some((name) => managed[name] === false)) return "BLOCKED_BY_ORGANIZATION_POLICY";
    switchScans(context.world, account, context.region, names, true);
    return undefined;
  });
};

const disable: Served<DisableCommandInput, DisableCommandOutput> = (context, input) => {
  const given = readScanTypes(input.resourceTypes);
  // AWS: without types, all are disabled, and with them Inspector.
  const types = given.length === 0 ? inspectorFacts.scanTypes : given;
  return eachAccount(context, input.accountIds, (account, state) => {
    const names = new Set<ScanName>(types.map(({ name }) => name));
    if (names.has("lambda")) names.add("lambdaCode");
    const managed = managedScans(context, account);
    if ([...names].some((name) => managed[name] === true)) return "BLOCKED_BY_ORGANIZATION_POLICY";
    const isMember = state.administrator !== undefined && account === context.caller.account;
    if (isMember) return "ACCESS_DENIED";
    const remains = inspectorFacts.scanTypes.some(
      ({ name }) => !names.has(name) && state.scans?.[name]?.on === true,
    );
    const hasMembers = [...(state.members?.values() ?? [])].some(
      ({ relationship }) => relationship !== "REMOVED",
    );
    if (!remains && hasMembers) return "DISASSOCIATE_ALL_MEMBERS";
    switchScans(context.world, account, context.region, [...names], false);
    return undefined;
  });
};

const batchGetAccountStatus: Served<
  BatchGetAccountStatusCommandInput,
  BatchGetAccountStatusCommandOutput
> = (context, input) => {
  const accounts: AccountState[] = [];
  const failedAccounts: FailedAccount[] = [];
  const now = context.world.clock.now();
  for (const accountId of targets(context, input.accountIds)) {
    if (!mayReach(context, accountId)) {
      failedAccounts.push(failure(context, accountId, "ACCESS_DENIED"));
      continue;
    }
    const { scans } = settledState(context.world, accountId, context.region);
    accounts.push({
      accountId,
      state: stateOf(overallStatus(scans, now)),
      resourceState: resourceStateOf(scans, now),
    });
  }
  return { accounts, failedAccounts };
};

function eachAccount(
  context: HandlerContext,
  ids: readonly string[] | undefined,
  work: (account: string, state: ReturnType<typeof regionState>) => ErrorCode | undefined,
): { accounts: Account[]; failedAccounts: FailedAccount[] } {
  const accounts: Account[] = [];
  const failedAccounts: FailedAccount[] = [];
  for (const accountId of targets(context, ids)) {
    const state = settledState(context.world, accountId, context.region);
    const code = mayReach(context, accountId) ? work(accountId, state) : "ACCESS_DENIED";
    if (code !== undefined) {
      failedAccounts.push(failure(context, accountId, code));
      continue;
    }
    const now = context.world.clock.now();
    const { scans } = regionState(context.world, accountId, context.region);
    accounts.push({
      accountId,
      status: overallStatus(scans, now),
      resourceStatus: resourceStatusOf(scans, now),
    });
  }
  return { accounts, failedAccounts };
}

function failure(context: HandlerContext, accountId: string, errorCode: ErrorCode): FailedAccount {
  const messages: Partial<Record<ErrorCode, string>> = {
    ACCESS_DENIED: "Invoking account does not have access to this account",
    BLOCKED_BY_ORGANIZATION_POLICY: "The scan type is managed by an organization policy",
    DISASSOCIATE_ALL_MEMBERS: "Disassociate all member accounts first",
  };
  const now = context.world.clock.now();
  const { scans } = regionState(context.world, accountId, context.region);
  return {
    accountId,
    errorCode,
    errorMessage: messages[errorCode] ?? "",
    ...(errorCode === "ACCESS_DENIED"
      ? {}
      : { status: overallStatus(scans, now), resourceStatus: resourceStatusOf(scans, now) }),
  };
}

/** The accounts of a request; the caller's own when none is named. */
function targets(context: HandlerContext, ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined || ids.length === 0) return [context.caller.account];
  const isValid = ids.length <= inspectorFacts.batchSize && ids.every((id) => /^\d{12}$/.test(id));
  if (!isValid) throw invalid("Invalid account IDs.");
  return ids;
}

/** One's own account, and the associated members of one's organization. */
export function mayReach({ world, caller, region }: HandlerContext, account: string): boolean {
  if (account === caller.account) return true;
  const member = settledState(world, caller.account, region).members?.get(account);
  return member !== undefined && relationshipOf(member, world.clock.now()) === "ENABLED";
}

function managedScans(
  { world, region }: HandlerContext,
  account: string,
): Readonly<Partial<Record<ScanName, boolean>>> {
  const organization = organizationWith(world, account);
  return organization === undefined ? {} : policyScans(organization, account, region);
}

function resourceStatusOf(scans: Scans | undefined, now: number): ResourceStatus {
  return {
    ec2: statusOf(scans, "ec2", now),
    ecr: statusOf(scans, "ecr", now),
    lambda: statusOf(scans, "lambda", now),
    lambdaCode: statusOf(scans, "lambdaCode", now),
    codeRepository: statusOf(scans, "codeRepository", now),
  };
}

function resourceStateOf(scans: Scans | undefined, now: number): ResourceState {
  const { ec2, ecr, lambda, lambdaCode, codeRepository } = resourceStatusOf(scans, now);
  return {
    ec2: stateOf(ec2),
    ecr: stateOf(ecr),
    lambda: stateOf(lambda),
    lambdaCode: stateOf(lambdaCode),
    codeRepository: stateOf(codeRepository),
  };
}

function stateOf(status: State["status"]): State {
  // The model wants an error in every state, also where there is none.
  return { status, errorCode: "ALREADY_ENABLED", errorMessage: "none" };
}

/** Operations on what is scanned in accounts. */
export const accountHandlers: Readonly<Record<string, AnyHandler>> = {
  Enable: enable,
  Disable: disable,
  BatchGetAccountStatus: batchGetAccountStatus,
};
