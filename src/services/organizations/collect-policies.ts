import type { PolicySummary } from "@aws-sdk/client-organizations";
import { AwsError } from "../../aws/aws-error.ts";
import { organizationPolicyTypes } from "../../core/policy-type.ts";
import type { PolicyState } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { type Collecting, signalOf } from "./collect-context.ts";

const page = { MaxResults: organizationsQuotas.pageSize };

/**
 * Reads all policies with content and targets: of the types that this version knows and of those
 * that the root names beside them. Without `targetsOfManaged`, policies of AWS's own are not asked
 * where they are attached: `FullAWSAccess` is attached to every account. Gaps: `policies/TYPE` for a list, `policies/ID/content` and
 * `policies/ID/targets` for one policy.
 */
export async function collectPolicies(
  collecting: Collecting,
  rootTypes: readonly string[],
  targetsOfManaged: boolean,
): Promise<readonly PolicyState[]> {
  const types = [...new Set<string>([...organizationPolicyTypes, ...rootTypes])];
  const policies: PolicyState[] = [];
  let found = 0;
  const collectType = async (type: string): Promise<void> => {
    const summaries = await listPolicies(collecting, type);
    found += summaries.length;
    collecting.progress("policies", policies.length, found);
    await Promise.all(
      summaries.map(async (summary) => {
        policies.push(await collectPolicy(collecting, summary, type, targetsOfManaged));
        collecting.progress("policies", policies.length, found);
      }),
    );
  };
  await Promise.all(types.map(collectType));
  return policies.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function listPolicies(
  collecting: Collecting,
  type: string,
): Promise<readonly PolicySummary[]> {
  const { aws, pool } = collecting;
  const summaries: PolicySummary[] = [];
  await collecting.read(`policies/${type}`, () =>
    pool("ListPolicies", async () => {
      try {
        const pages = aws.pages(
          "organizations",
          "ListPolicies",
          { Filter: type as NonNullable<PolicySummary["Type"]>, ...page },
          signalOf(collecting),
        );
        for await (const { Policies = [] } of pages) summaries.push(...Policies);
      } catch (error) {
        if (!isUnknownType(error)) throw error;
      }
    }),
  );
  return summaries;
}

/** The endpoint does not know the type, as in a partition that lacks it: there are no policies. */
function isUnknownType(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    error.kind === "refused" &&
    (error.details.awsCode === "InvalidInputException" ||
      error.details.awsCode === "ValidationException" ||
      error.details.awsCode === "PolicyTypeNotAvailableForOrganizationException")
  );
}

async function collectPolicy(
  collecting: Collecting,
  summary: PolicySummary,
  type: string,
  targetsOfManaged: boolean,
): Promise<PolicyState> {
  const { aws, pool } = collecting;
  const id = summary.Id ?? "";
  const asksTargets = targetsOfManaged || summary.AwsManaged !== true;
  const [content, targets] = await Promise.all([
    collecting.read(`policies/${id}/content`, () =>
      pool("DescribePolicy", async () => {
        const { Policy } = await aws.call(
          "organizations",
          "DescribePolicy",
          { PolicyId: id },
          signalOf(collecting),
        );
        return Policy?.Content;
      }),
    ),
    asksTargets
      ? collecting.read(`policies/${id}/targets`, () =>
          pool("ListTargetsForPolicy", async () => {
            const ids: string[] = [];
            const pages = aws.pages(
              "organizations",
              "ListTargetsForPolicy",
              { PolicyId: id, ...page },
              signalOf(collecting),
            );
            for await (const { Targets = [] } of pages) {
              ids.push(...Targets.map(({ TargetId = "" }) => TargetId));
            }
            return ids.sort();
          }),
        )
      : undefined,
  ]);
  return {
    id,
    arn: summary.Arn ?? "",
    name: summary.Name ?? "",
    description: summary.Description ?? "",
    type: summary.Type ?? type,
    awsManaged: summary.AwsManaged ?? false,
    ...(content === undefined ? {} : { content }),
    ...(targets === undefined ? {} : { targets }),
  };
}
