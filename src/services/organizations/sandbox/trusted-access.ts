import type {
  DisableAWSServiceAccessCommandInput,
  DisableAWSServiceAccessCommandOutput,
  EnableAWSServiceAccessCommandInput,
  EnableAWSServiceAccessCommandOutput,
  ListAWSServiceAccessForOrganizationCommandInput,
  ListAWSServiceAccessForOrganizationCommandOutput,
} from "@aws-sdk/client-organizations";
import { type TrustedService, trustedServices } from "../../../data/trusted-services.ts";
import type { Call } from "./access.ts";
import { allFeaturesNeeded, constraintViolation, invalidInput } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord } from "./state.ts";
import { servicePrincipal } from "./validate.ts";

const byPrincipal: ReadonlyMap<string, TrustedService> = new Map(
  trustedServices.services.map((service) => [service.principal, service]),
);

/** EnableAWSServiceAccess: enabling again changes nothing. */
export function enableAwsServiceAccess(
  { organization, now }: Call,
  input: EnableAWSServiceAccessCommandInput,
): Served<EnableAWSServiceAccessCommandOutput> {
  const { principal } = findService(organization, input.ServicePrincipal);
  if (organization.featureSet !== "ALL") throw allFeaturesNeeded();
  if (!organization.trustedServices.has(principal)) {
    organization.trustedServices.set(principal, now);
  }
  return {};
}

/**
 * DisableAWSServiceAccess: disabling what is not enabled changes nothing. Refused while a policy
 * type rests on the access, and while the service has delegated administrators.
 */
export function disableAwsServiceAccess(
  { organization }: Call,
  input: DisableAWSServiceAccessCommandInput,
): Served<DisableAWSServiceAccessCommandOutput> {
  const { principal } = findService(organization, input.ServicePrincipal);
  for (const [type, service] of Object.entries(trustedServices.requiredByPolicyType)) {
    if (service === principal && organization.root.policyTypes.has(type)) {
      throw constraintViolation(
        "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE",
        "You attempted to disable service access before you disabled the policy type. To complete " +
          "this operation, you must first disable the policy type.",
      );
    }
  }
  for (const services of organization.delegatedAdministrators.values()) {
    if (services.has(principal)) {
      throw constraintViolation(
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        "You must deregister all delegated administrators for the service before you disable " +
          "service access.",
      );
    }
  }
  organization.trustedServices.delete(principal);
  return {};
}

/** ListAWSServiceAccessForOrganization. */
export function listAwsServiceAccessForOrganization(
  call: Call,
  input: ListAWSServiceAccessForOrganizationCommandInput,
): Served<ListAWSServiceAccessForOrganizationCommandOutput> {
  const enabled = call.organization.trustedServices;
  const { items, ...rest } = page(call, call.operation, [...enabled.keys()], input, (id) => ({
    ServicePrincipal: id,
    DateEnabled: new Date(enabled.get(id) ?? 0),
  }));
  return { EnabledServicePrincipals: items, ...rest };
}

/**
 * The service of a principal that AWS Organizations knows: by the data, or because a snapshot shows
 * that it has trusted access.
 */
export function findService(
  organization: OrganizationRecord,
  value: string | undefined,
): TrustedService {
  const principal = servicePrincipal(value);
  const service = byPrincipal.get(principal);
  if (service !== undefined) return service;
  if (!organization.trustedServices.has(principal)) throw unrecognizedPrincipal();
  return { principal, title: principal, delegatedAdministrators: null };
}

/** The error for a service principal that is not known, or that cannot do what is asked. */
export function unrecognizedPrincipal(): Error {
  return invalidInput(
    "UNRECOGNIZED_SERVICE_PRINCIPAL",
    "You specified an unrecognized service principal.",
  );
}
