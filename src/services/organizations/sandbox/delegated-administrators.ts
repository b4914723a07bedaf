import type {
  DelegatedAdministrator,
  DeregisterDelegatedAdministratorCommandInput,
  DeregisterDelegatedAdministratorCommandOutput,
  ListDelegatedAdministratorsCommandInput,
  ListDelegatedAdministratorsCommandOutput,
  ListDelegatedServicesForAccountCommandInput,
  ListDelegatedServicesForAccountCommandOutput,
  RegisterDelegatedAdministratorCommandInput,
  RegisterDelegatedAdministratorCommandOutput,
} from "@aws-sdk/client-organizations";
import { type Call, checkRead } from "./access.ts";
import { accountOutput, findMember } from "./accounts.ts";
import { allFeaturesNeeded, constraintViolation, failure } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { findService, unrecognizedPrincipal } from "./trusted-access.ts";
import { identifier } from "./validate.ts";

/** RegisterDelegatedAdministrator. */
export function registerDelegatedAdministrator(
  { organization, now }: Call,
  input: RegisterDelegatedAdministratorCommandInput,
): Served<RegisterDelegatedAdministratorCommandOutput> {
  const accountId = identifier(input.AccountId, "account");
  const { principal, delegatedAdministrators: maximum } = findService(
    organization,
    input.ServicePrincipal,
  );
  if (maximum === 0) throw unrecognizedPrincipal();
  if (organization.featureSet !== "ALL") throw allFeaturesNeeded();
  const member = findMember(organization, accountId);
  if (accountId === organization.managementAccountId) {
    throw constraintViolation(
      "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
      "You cannot register master account/yourself as delegated administrator for your organization.",
    );
  }
  if (member.state !== "ACTIVE") {
    throw constraintViolation(
      "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
      "You cannot register a suspended account as a delegated administrator.",
    );
  }
  if (!organization.trustedServices.has(principal)) {
    throw constraintViolation(
      "SERVICE_ACCESS_NOT_ENABLED",
      "You must enable service access before you register a delegated administrator. Call the " +
        "EnableAWSServiceAccess API first.",
    );
  }
  const services = organization.delegatedAdministrators.get(accountId);
  if (services?.has(principal)) throw failure("AccountAlreadyRegisteredException");
  const registered = [...organization.delegatedAdministrators.values()].filter((it) =>
    it.has(principal),
  ).length;
  if (maximum !== null && registered >= maximum) throw tooMany(maximum);
  if (services === undefined) {
    organization.delegatedAdministrators.set(accountId, new Map([[principal, now]]));
  } else services.set(principal, now);
  return {};
}

/** DeregisterDelegatedAdministrator. */
export function deregisterDelegatedAdministrator(
  { organization }: Call,
  input: DeregisterDelegatedAdministratorCommandInput,
): Served<DeregisterDelegatedAdministratorCommandOutput> {
  const accountId = identifier(input.AccountId, "account");
  const { principal } = findService(organization, input.ServicePrincipal);
  findMember(organization, accountId);
  const services = organization.delegatedAdministrators.get(accountId);
  if (!services?.delete(principal)) throw failure("AccountNotRegisteredException");
  if (services.size === 0) organization.delegatedAdministrators.delete(accountId);
  return {};
}

/** ListDelegatedAdministrators. */
export function listDelegatedAdministrators(
  call: Call,
  input: ListDelegatedAdministratorsCommandInput,
): Served<ListDelegatedAdministratorsCommandOutput> {
  const { organization } = call;
  const principal =
    input.ServicePrincipal === undefined
      ? undefined
      : findService(organization, input.ServicePrincipal).principal;
  const ids = [...organization.delegatedAdministrators]
    .filter(([, services]) => principal === undefined || services.has(principal))
    .map(([id]) => id);
  const list = `${call.operation} ${principal ?? ""}`;
  const { items, ...rest } = page(call, list, ids, input, (id) =>
    administratorOutput(call, id, principal),
  );
  return { DelegatedAdministrators: items, ...rest };
}

/** ListDelegatedServicesForAccount. */
export function listDelegatedServicesForAccount(
  call: Call,
  input: ListDelegatedServicesForAccountCommandInput,
): Served<ListDelegatedServicesForAccountCommandOutput> {
  const { id } = findMember(call.organization, input.AccountId);
  const services = call.organization.delegatedAdministrators.get(id);
  if (services === undefined) throw failure("AccountNotRegisteredException");
  const list = `${call.operation} ${id}`;
  checkRead(call.organization, list);
  const { items, ...rest } = page(call, list, [...services.keys()], input, (principal) => ({
    ServicePrincipal: principal,
    DelegationEnabledDate: new Date(services.get(principal) ?? 0),
  }));
  return { DelegatedServices: items, ...rest };
}

function tooMany(maximum: number): Error {
  return maximum === 1
    ? constraintViolation(
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        "You attempted to register an AWS account as a delegated administrator for an AWS service " +
          "that already has a delegated administrator.",
      )
    : constraintViolation(
        "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
        "You attempted to register more delegated administrators than allowed for the service " +
          "principal.",
      );
}

function administratorOutput(
  { organization, world }: Call,
  id: string,
  principal: string | undefined,
): DelegatedAdministrator {
  const { Paths: _, ...account } = accountOutput(world, organization, findMember(organization, id));
  const services = organization.delegatedAdministrators.get(id) ?? new Map<string, number>();
  const since =
    principal === undefined ? Math.min(...services.values()) : (services.get(principal) ?? 0);
  return { ...account, DelegationEnabledDate: new Date(since) };
}
