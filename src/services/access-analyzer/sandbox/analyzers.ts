import type {
  CreateAnalyzerCommandInput,
  CreateAnalyzerCommandOutput,
  DeleteAnalyzerCommandInput,
  DeleteAnalyzerCommandOutput,
  GetAnalyzerCommandInput,
  GetAnalyzerCommandOutput,
  ListAnalyzersCommandInput,
  ListAnalyzersCommandOutput,
  UpdateAnalyzerCommandInput,
  UpdateAnalyzerCommandOutput,
} from "@aws-sdk/client-accessanalyzer";
import { accessAnalyzerFacts } from "../../../data/access-analyzer.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { administratorsOf, isTrusted, organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { conflict, invalid, notFound, quotaExceeded } from "./errors.ts";
import { type AnalyzerRecord, analyzersSlot, type Served } from "./state.ts";

const { principal, quotas } = accessAnalyzerFacts;

/** The analyzers of the caller in the Region of the request, by name. */
export function analyzersOf({
  world,
  caller,
  region,
}: HandlerContext): Map<string, AnalyzerRecord> {
  return world.state(analyzersSlot, caller.account, region).byName;
}

/** An analyzer by name. */
export function findAnalyzer(context: HandlerContext, name: string | undefined): AnalyzerRecord {
  const found = analyzersOf(context).get(name ?? "");
  if (found === undefined) throw notFound("analyzer", name ?? "");
  return found;
}

/** CreateAnalyzer. Analyzers of an organization are for its administrators only. */
export const createAnalyzer: Served<CreateAnalyzerCommandInput, CreateAnalyzerCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const name = input.analyzerName ?? "";
  const type = input.type ?? "";
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,254}$/.test(name)) {
    throw invalid(
      "1 validation error detected: Value at 'analyzerName' failed to satisfy constraint",
      "fieldValidationFailed",
    );
  }
  const quota = quotas[type];
  if (quota === undefined) throw invalid(`Unknown analyzer type ${type}`, "fieldValidationFailed");
  const existing = analyzersOf(context);
  if (existing.has(name)) throw conflict("analyzer", name);
  if (type.startsWith("ORGANIZATION")) checkAdministrator(context);
  const alike = [...existing.values()].filter((one) => one.type === type).length;
  if (alike >= quota) throw quotaExceeded(name);
  const now = world.clock.now();
  const arn = `arn:aws:access-analyzer:${region}:${caller.account}:analyzer/${name}`;
  existing.set(name, {
    name,
    arn,
    type,
    createdAt: now,
    configuration: input.configuration,
    tags: { ...input.tags },
    archiveRules: new Map(
      (input.archiveRules ?? []).map(({ ruleName, filter }) => [
        ruleName ?? "",
        { filter: filter ?? {}, createdAt: now, updatedAt: now },
      ]),
    ),
  });
  return { arn };
};

/** Only the management account and a delegated administrator may see the whole organization. */
function checkAdministrator({ world, caller }: HandlerContext): void {
  const organization = organizationWith(world, caller.account);
  const isAdministrator =
    organization !== undefined &&
    (organization.managementAccountId === caller.account ||
      administratorsOf(organization, principal).includes(caller.account));
  if (!isAdministrator) {
    throw new ServiceError(
      "AccessDeniedException",
      "You must be the management account or a delegated administrator of the organization to perform this operation.",
      { httpStatus: 403 },
    );
  }
  if (!isTrusted(organization, principal)) {
    throw new ServiceError(
      "AccessDeniedException",
      "AWS service access is not enabled for access-analyzer.amazonaws.com in the organization.",
      { httpStatus: 403 },
    );
  }
}

/** GetAnalyzer. */
export const getAnalyzer: Served<GetAnalyzerCommandInput, GetAnalyzerCommandOutput> = (
  context,
  input,
) => ({
  analyzer: analyzerOutput(context, findAnalyzer(context, input.analyzerName)),
});

/** ListAnalyzers. */
export const listAnalyzers: Served<ListAnalyzersCommandInput, ListAnalyzersCommandOutput> = (
  context,
  input,
) => {
  const all = [...analyzersOf(context).values()].filter(
    ({ type }) => input.type === undefined || type === input.type,
  );
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list: `analyzers ${input.type ?? ""}`,
      defaultSize: 100,
      maxSize: 1000,
      invalid: (member) => invalid(`Invalid ${member}`, "fieldValidationFailed"),
    },
  );
  return {
    analyzers: items.map((one) => analyzerOutput(context, one)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
};

/** DeleteAnalyzer, with its findings and archive rules. */
export const deleteAnalyzer: Served<DeleteAnalyzerCommandInput, DeleteAnalyzerCommandOutput> = (
  context,
  input,
) => {
  analyzersOf(context).delete(findAnalyzer(context, input.analyzerName).name);
  return {};
};

/** UpdateAnalyzer. The number of days of an analyzer for unused access stays as it is. */
export const updateAnalyzer: Served<UpdateAnalyzerCommandInput, UpdateAnalyzerCommandOutput> = (
  context,
  input,
) => {
  const analyzer = findAnalyzer(context, input.analyzerName);
  const ageOf = (configuration: object | undefined): unknown =>
    (configuration as { unusedAccess?: { unusedAccessAge?: number } } | undefined)?.unusedAccess
      ?.unusedAccessAge;
  const age = ageOf(input.configuration);
  if (age !== undefined && age !== ageOf(analyzer.configuration)) {
    throw invalid("The unused access age of an analyzer cannot be changed.");
  }
  analyzer.configuration = { ...analyzer.configuration, ...input.configuration };
  return { configuration: analyzer.configuration } as UpdateAnalyzerCommandOutput;
};

/** Whether an analyzer looks: one of an organization needs its administrator and trusted access. */
export function isActive({ world, caller }: HandlerContext, { type }: AnalyzerRecord): boolean {
  return !type.startsWith("ORGANIZATION") || whyDisabled(world, caller.account) === undefined;
}

function analyzerOutput(
  { world, caller }: HandlerContext,
  { name, arn, type, createdAt, configuration, tags }: AnalyzerRecord,
): NonNullable<GetAnalyzerCommandOutput["analyzer"]> {
  const why = type.startsWith("ORGANIZATION") ? whyDisabled(world, caller.account) : undefined;
  return {
    arn,
    name,
    type: type as "ACCOUNT",
    createdAt: new Date(createdAt),
    tags,
    status: why === undefined ? "ACTIVE" : "DISABLED",
    ...(why === undefined ? {} : { statusReason: { code: why } }),
    ...(configuration === undefined ? {} : { configuration: configuration as never }),
  };
}

/** Why an organization's analyzer sees nothing any more. */
function whyDisabled(
  world: HandlerContext["world"],
  account: string,
):
  | "AWS_SERVICE_ACCESS_DISABLED"
  | "DELEGATED_ADMINISTRATOR_DEREGISTERED"
  | "ORGANIZATION_DELETED"
  | undefined {
  const organization = organizationWith(world, account);
  if (organization === undefined) return "ORGANIZATION_DELETED";
  if (!isTrusted(organization, principal)) return "AWS_SERVICE_ACCESS_DISABLED";
  const isManagement = organization.managementAccountId === account;
  return isManagement || administratorsOf(organization, principal).includes(account)
    ? undefined
    : "DELEGATED_ADMINISTRATOR_DEREGISTERED";
}
