import { AwsError } from "../../aws/aws-error.ts";
import type {
  DelegatedAdministratorState,
  ResourcePolicyState,
  TrustedAccessState,
} from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { type Collecting, signalOf } from "./collect-context.ts";

const page = { MaxResults: organizationsQuotas.pageSize };

/** Reads which services have trusted access. Gap: `trustedAccess`. */
export function collectTrustedAccess(
  collecting: Collecting,
): Promise<readonly TrustedAccessState[] | undefined> {
  return collecting.read("trustedAccess", async () => {
    const services: TrustedAccessState[] = [];
    const pages = collecting.aws.pages(
      "organizations",
      "ListAWSServiceAccessForOrganization",
      page,
      signalOf(collecting),
    );
    for await (const { EnabledServicePrincipals = [] } of pages) {
      for (const { ServicePrincipal = "", DateEnabled } of EnabledServicePrincipals) {
        services.push({
          servicePrincipal: ServicePrincipal,
          ...(DateEnabled === undefined ? {} : { enabledAt: DateEnabled.toISOString() }),
        });
      }
    }
    return services.sort((a, b) => (a.servicePrincipal < b.servicePrincipal ? -1 : 1));
  });
}

/**
 * Reads the delegated administrators and their services. Gaps: `delegatedAdministrators`, and
 * `delegatedAdministrators/ACCOUNT/services`.
 */
export async function collectDelegatedAdministrators(
  collecting: Collecting,
): Promise<readonly DelegatedAdministratorState[] | undefined> {
  const accounts = await collecting.read("delegatedAdministrators", async () => {
    const ids: string[] = [];
    const pages = collecting.aws.pages(
      "organizations",
      "ListDelegatedAdministrators",
      page,
      signalOf(collecting),
    );
    for await (const { DelegatedAdministrators = [] } of pages) {
      ids.push(...DelegatedAdministrators.map(({ Id = "" }) => Id));
    }
    return ids.sort();
  });
  if (accounts === undefined) return undefined;
  return Promise.all(accounts.map((account) => collectServices(collecting, account)));
}

async function collectServices(
  collecting: Collecting,
  account: string,
): Promise<DelegatedAdministratorState> {
  const { aws, pool } = collecting;
  const services = await collecting.read(`delegatedAdministrators/${account}/services`, () =>
    pool("ListDelegatedServicesForAccount", async () => {
      const principals: string[] = [];
      const pages = aws.pages(
        "organizations",
        "ListDelegatedServicesForAccount",
        { AccountId: account, ...page },
        { ...signalOf(collecting), about: account },
      );
      for await (const { DelegatedServices = [] } of pages) {
        principals.push(...DelegatedServices.map(({ ServicePrincipal = "" }) => ServicePrincipal));
      }
      return principals.sort();
    }),
  );
  return { account, ...(services === undefined ? {} : { services }) };
}

/** Reads the resource-based delegation policy; `null` when there is none. Gap: `resourcePolicy`. */
export function collectResourcePolicy(
  collecting: Collecting,
): Promise<ResourcePolicyState | null | undefined> {
  return collecting.read("resourcePolicy", async () => {
    try {
      const { ResourcePolicy } = await collecting.aws.call(
        "organizations",
        "DescribeResourcePolicy",
        {},
        signalOf(collecting),
      );
      return {
        id: ResourcePolicy?.ResourcePolicySummary?.Id ?? "",
        arn: ResourcePolicy?.ResourcePolicySummary?.Arn ?? "",
        content: ResourcePolicy?.Content ?? "",
      };
    } catch (error) {
      if (
        error instanceof AwsError &&
        error.details.awsCode === "ResourcePolicyNotFoundException"
      ) {
        return null;
      }
      throw error;
    }
  });
}
