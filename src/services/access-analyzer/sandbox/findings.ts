import type {
  Criterion,
  FindingSummaryV2,
  ListFindingsV2CommandInput,
  ListFindingsV2CommandOutput,
} from "@aws-sdk/client-accessanalyzer";
import { digest } from "../../../core/digest.ts";
import { type AccountId, parseArn } from "../../../core/identifiers.ts";
import { accessAnalyzerFacts } from "../../../data/access-analyzer.ts";
import { compiledPolicies } from "../../../sandbox/compiled-policies.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { contextViews } from "../../../sandbox/views.ts";
import { activeAccounts, organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { analyzedResources } from "./analyzed-resources.ts";
import { analyzersOf, isActive } from "./analyzers.ts";
import { invalid, notFound } from "./errors.ts";
import { type ExternalPrincipal, externalAccess, type TrustZone } from "./external-access.ts";
import type { AnalyzerRecord, Served } from "./state.ts";

const { filterKeys, pageSizes } = accessAnalyzerFacts;

/** A finding with what filters may ask beside its summary. */
interface Found {
  readonly summary: FindingSummaryV2;
  readonly members: Readonly<Record<string, string>>;
}

/**
 * ListFindingsV2: the external access that analyzers of external access find, as policies are at that
 * moment; AWS takes up to half an hour. Archive rules archive what is found after them. Analyzers of unused and
 * internal access find nothing here.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html
 */
export const listFindings: Served<ListFindingsV2CommandInput, ListFindingsV2CommandOutput> = (
  context,
  input,
) => {
  const analyzer = analyzerAt(context, input.analyzerArn ?? "");
  const filter = input.filter ?? {};
  for (const key of Object.keys(filter)) {
    if (!filterKeys.includes(key)) throw invalid(`Invalid filter key ${key}`);
  }
  const { attributeName = "resource", orderBy = "ASC" } = input.sort ?? {};
  if (
    !filterKeys.includes(attributeName) &&
    !/^(analyzed|created|updated)At$/.test(attributeName)
  ) {
    throw invalid(`Invalid sort attribute ${attributeName}`);
  }
  const of = (found: Found): string => found.members[attributeName] ?? "";
  const order = orderBy === "DESC" ? -1 : 1;
  const all = findingsOf(context, analyzer)
    .filter((found) => matches(found, filter))
    .sort((a, b) => (of(a) < of(b) ? -order : of(a) > of(b) ? order : 0));
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list: `findings ${analyzer.arn} ${digest(JSON.stringify([filter, input.sort ?? null]))}`,
      defaultSize: pageSizes.findings,
      maxSize: pageSizes.findings,
      invalid: (member) => invalid(`Invalid ${member}`, "fieldValidationFailed"),
    },
  );
  return {
    findings: items.map(({ summary }) => summary),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
};

/** An analyzer of the caller's by ARN. */
function analyzerAt(context: HandlerContext, text: string): AnalyzerRecord {
  if (!/^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:analyzer\/.{1,255}$/.test(text)) {
    throw invalid("Invalid analyzerArn", "fieldValidationFailed");
  }
  const found = [...analyzersOf(context).values()].find(({ arn }) => arn === text);
  if (found === undefined) throw notFound("analyzer", parseArn(text)?.resource ?? text);
  return found;
}

function findingsOf(context: HandlerContext, analyzer: AnalyzerRecord): Found[] {
  const { world, caller, region } = context;
  if (!/^(ACCOUNT|ORGANIZATION)$/.test(analyzer.type) || !isActive(context, analyzer)) return [];
  const organization = organizationWith(world, caller.account);
  const ofAll = analyzer.type === "ORGANIZATION" && organization !== undefined;
  const owners = ofAll ? activeAccounts(organization) : [caller.account];
  const compiled = compiledPolicies();
  return owners.flatMap((owner) => {
    const zone = zoneOf(context, owner, ofAll);
    return analyzedResources(world, owner, region).flatMap((resource) =>
      externalAccess(resource, zone, compiled).map((principal): Found => {
        const createdAt = Math.max(analyzer.createdAt, resource.createdAt);
        const id = uuidOf(`${analyzer.arn} ${resource.arn} ${principal.type} ${principal.value}`);
        return foundOf(analyzer, principal, {
          id,
          resource: resource.arn,
          resourceType: resource.type as "AWS::S3::Bucket",
          resourceOwnerAccount: owner,
          findingType: "ExternalAccess",
          createdAt: new Date(createdAt),
          updatedAt: new Date(createdAt),
          analyzedAt: new Date(world.clock.now()),
        });
      }),
    );
  });
}

function zoneOf(context: HandlerContext, owner: AccountId, ofAll: boolean): TrustZone {
  const organization = organizationWith(context.world, owner);
  const view = contextViews(context).organizationOf(owner);
  const rest = {
    rcps: view?.resourceControlPolicies ?? [],
    ...(view === undefined ? {} : { managementAccount: view.managementAccount }),
  };
  if (organization === undefined) return { accounts: new Set([owner]), ...rest };
  if (ofAll) {
    return {
      accounts: new Set(organization.accounts.keys()),
      organizationId: organization.id,
      ...rest,
    };
  }
  const neighbour = activeAccounts(organization).find((account) => account !== owner);
  return {
    accounts: new Set([owner]),
    ...(neighbour === undefined
      ? {}
      : { neighbour: { account: neighbour, organizationId: organization.id } }),
    ...rest,
  };
}

function foundOf(
  { archiveRules }: AnalyzerRecord,
  { type, value }: ExternalPrincipal,
  summary: Omit<FindingSummaryV2, "status">,
): Found {
  const { id = "", resource = "", resourceType = "", resourceOwnerAccount = "" } = summary;
  const times = Object.entries({
    analyzedAt: summary.analyzedAt,
    createdAt: summary.createdAt,
    updatedAt: summary.updatedAt,
  }).map(([name, at]) => [name, at?.toISOString() ?? ""]);
  const members = {
    findingType: "ExternalAccess",
    id,
    isPublic: String(value === "*"),
    resource,
    resourceOwnerAccount,
    resourceType,
    [`principal.${type}`]: value,
    ...Object.fromEntries(times),
  };
  // A rule archives what is found after it.
  const isArchived = [...archiveRules.values()].some(
    ({ filter, updatedAt }) =>
      updatedAt <= (summary.createdAt?.getTime() ?? 0) &&
      matches({ members }, filter as Readonly<Record<string, Criterion>>),
  );
  const status = isArchived ? "ARCHIVED" : "ACTIVE";
  return { summary: { ...summary, status }, members: { ...members, status } };
}

/** Whether a finding fits all criteria: each by all that it says. */
function matches(
  { members }: Pick<Found, "members">,
  filter: Readonly<Record<string, Criterion>>,
): boolean {
  return Object.entries(filter).every(([key, { eq, neq, contains, exists }]) => {
    const value = members[key];
    return (
      (eq === undefined || (value !== undefined && eq.includes(value))) &&
      (neq === undefined || value === undefined || !neq.includes(value)) &&
      (contains === undefined || contains.some((part) => value?.includes(part) === true)) &&
      (exists === undefined || exists === (value !== undefined))
    );
  });
}

function uuidOf(text: string): string {
  return digest(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
