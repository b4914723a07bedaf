import type {
  DeleteOrganizationConformancePackCommandInput,
  DeleteOrganizationConformancePackCommandOutput,
  DescribeOrganizationConformancePackStatusesCommandInput,
  DescribeOrganizationConformancePackStatusesCommandOutput,
  DescribeOrganizationConformancePacksCommandInput,
  DescribeOrganizationConformancePacksCommandOutput,
  GetOrganizationConformancePackDetailedStatusCommandInput,
  GetOrganizationConformancePackDetailedStatusCommandOutput,
  PutOrganizationConformancePackCommandInput,
  PutOrganizationConformancePackCommandOutput,
} from "@aws-sdk/client-config-service";
import { configQuotas } from "../../../data/config-quotas.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { parseTemplate, type Template } from "../../kit/template/parse-template.ts";
import { parameterValues, TemplateError } from "../../kit/template/resolve-template.ts";
import { bucketsSlot } from "../../s3/sandbox/state.ts";
import { configError, validationFailed } from "./errors.ts";
import { scheduleRuns } from "./evaluations.ts";
import { packTemplateRules } from "./member-rules.ts";
import {
  administeredOrganization,
  setupPrincipal,
  useOrganization,
} from "./organization-access.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type OrganizationPackRecord, organizationConfig } from "./state.ts";
import { isGone, isUnderWay, memberStatuses, overallStatus } from "./statuses.ts";

const put: Served<
  PutOrganizationConformancePackCommandInput,
  PutOrganizationConformancePackCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context, setupPrincipal);
  const name = input.OrganizationConformancePackName ?? "";
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationFailed(
      `1 validation error detected: Value '${name}' at 'organizationConformancePackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  if (input.DeliveryS3Bucket !== undefined && !/^awsconfigconforms/.test(input.DeliveryS3Bucket)) {
    throw validationFailed("The name of the delivery bucket must start with awsconfigconforms.");
  }
  const template = templateOf(context, input);
  const existing = livePacks(context).find((pack) => pack.name === name);
  if (existing !== undefined && isUnderWay(world, existing)) throw inUse(name);
  const { packs } = organizationConfig(world, caller.account, region);
  if (existing === undefined && packs.size >= configQuotas.organizationConformancePacks) {
    throw configError(
      "MaxNumberOfOrganizationConformancePacksExceededException",
      "You have reached the limit of the number of organization conformance packs in an account.",
    );
  }
  useOrganization(context, organization, setupPrincipal);
  const now = world.clock.now();
  const { DeliveryS3Bucket, DeliveryS3KeyPrefix, ConformancePackInputParameters } = input;
  const pack: OrganizationPackRecord["pack"] = {
    ...(DeliveryS3Bucket === undefined ? {} : { DeliveryS3Bucket }),
    ...(DeliveryS3KeyPrefix === undefined ? {} : { DeliveryS3KeyPrefix }),
    ConformancePackInputParameters: ConformancePackInputParameters ?? [],
    ExcludedAccounts: input.ExcludedAccounts ?? [],
  };
  scheduleRuns(world, { owner: caller.account, region, kind: "packs", name });
  if (existing !== undefined) {
    existing.pack = pack;
    existing.rules = packTemplateRules(template, existing.arn.slice(-8));
    existing.updatedAt = now;
    return { OrganizationConformancePackArn: existing.arn };
  }
  const suffix = world.newId(8);
  const record: OrganizationPackRecord = {
    name,
    arn: `arn:aws:config:${region}:${caller.account}:organization-conformance-pack/${name}-${suffix}`,
    memberName: `OrgConformsPack-${name}-${suffix}`,
    pack,
    rules: packTemplateRules(template, suffix),
    createdAt: now,
    updatedAt: now,
  };
  packs.set(name, record);
  return { OrganizationConformancePackArn: record.arn };
};

const describe: Served<
  DescribeOrganizationConformancePacksCommandInput,
  DescribeOrganizationConformancePacksCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const found = named(context, input.OrganizationConformancePackNames);
  const { items, ...rest } = page("organization-packs", found, input, configQuotas.pageSize);
  return {
    OrganizationConformancePacks: items.map(({ name, arn, pack, updatedAt }) => ({
      OrganizationConformancePackName: name,
      OrganizationConformancePackArn: arn,
      ...pack,
      LastUpdateTime: new Date(updatedAt),
    })),
    ...rest,
  };
};

const describeStatuses: Served<
  DescribeOrganizationConformancePackStatusesCommandInput,
  DescribeOrganizationConformancePackStatusesCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const found = named(context, input.OrganizationConformancePackNames);
  const { items, ...rest } = page("pack-statuses", found, input, configQuotas.pageSize);
  return {
    OrganizationConformancePackStatuses: items.map((pack) => {
      const underWay = isUnderWay(context.world, pack);
      const members = underWay ? [] : membersOf(context, pack);
      const { status, errorCode, errorMessage } = overallStatus(pack, members, underWay);
      return {
        OrganizationConformancePackName: pack.name,
        Status: status,
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
        ...(errorMessage === undefined ? {} : { ErrorMessage: errorMessage }),
        LastUpdateTime: new Date(pack.updatedAt),
      };
    }),
    ...rest,
  };
};

const detailedStatus: Served<
  GetOrganizationConformancePackDetailedStatusCommandInput,
  GetOrganizationConformancePackDetailedStatusCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const pack = find(context, input.OrganizationConformancePackName);
  const { AccountId, Status } = input.Filters ?? {};
  const found = membersOf(context, pack)
    .filter(({ account }) => AccountId === undefined || account === AccountId)
    .filter(({ status }) => Status === undefined || status === Status);
  const { items, ...rest } = page(`pack-details ${pack.name}`, found, input, configQuotas.pageSize);
  return {
    OrganizationConformancePackDetailedStatuses: items.map(
      ({ account, status, errorCode, errorMessage }) => ({
        AccountId: account,
        ConformancePackName: pack.memberName,
        Status: status,
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
        ...(errorMessage === undefined ? {} : { ErrorMessage: errorMessage }),
        LastUpdateTime: new Date(pack.updatedAt),
      }),
    ),
    ...rest,
  };
};

const remove: Served<
  DeleteOrganizationConformancePackCommandInput,
  DeleteOrganizationConformancePackCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const pack = find(context, input.OrganizationConformancePackName);
  if (isUnderWay(context.world, pack)) throw inUse(pack.name);
  pack.deletedAt = context.world.clock.now();
  return {};
};

/** The template that a request gives; an address in S3 goes before a text. */
function templateOf(
  { world }: HandlerContext,
  input: PutOrganizationConformancePackCommandInput,
): Template {
  const { TemplateBody: body, TemplateS3Uri: uri } = input;
  const text = uri === undefined ? body : objectText(world, uri);
  if (text === undefined) {
    throw validationFailed("Either TemplateS3Uri or TemplateBody must be given.");
  }
  if (uri === undefined && Buffer.byteLength(text) > configQuotas.templateBodyBytes) {
    throw validationFailed("TemplateBody is too long.");
  }
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw invalidTemplate(parsed.problem);
  const given = Object.fromEntries(
    (input.ConformancePackInputParameters ?? []).map(({ ParameterName, ParameterValue }) => [
      ParameterName ?? "",
      ParameterValue ?? "",
    ]),
  );
  try {
    parameterValues(parsed.template, given);
  } catch (error) {
    if (error instanceof TemplateError) throw invalidTemplate(error.message);
    throw error;
  }
  return parsed.template;
}

function objectText(world: HandlerContext["world"], uri: string): string {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const body = world.state(bucketsSlot).byName.get(bucket)?.objects.get(key)?.body;
  if (body !== undefined) return Buffer.from(body).toString("utf8");
  throw invalidTemplate(`The template ${uri} cannot be read`);
}

function invalidTemplate(problem: string): Error {
  return configError("OrganizationConformancePackTemplateValidationException", problem);
}

function livePacks({ world, caller, region }: HandlerContext): readonly OrganizationPackRecord[] {
  const { packs } = organizationConfig(world, caller.account, region);
  for (const [name, pack] of packs) if (isGone(world, pack)) packs.delete(name);
  return [...packs.values()];
}

function named(
  context: HandlerContext,
  names: readonly string[] | undefined,
): readonly OrganizationPackRecord[] {
  if (names === undefined || names.length === 0) return livePacks(context);
  return names.map((name) => find(context, name));
}

function find(context: HandlerContext, name: string | undefined): OrganizationPackRecord {
  const pack = livePacks(context).find((candidate) => candidate.name === name);
  if (pack !== undefined) return pack;
  throw configError(
    "NoSuchOrganizationConformancePackException",
    `The organization conformance pack ${name} does not exist.`,
  );
}

function membersOf(
  { world, caller, region }: HandlerContext,
  pack: OrganizationPackRecord,
): ReturnType<typeof memberStatuses> {
  return memberStatuses(world, caller.account, region, pack, pack.pack.ExcludedAccounts ?? []);
}

function inUse(name: string): Error {
  return configError(
    "ResourceInUseException",
    `Organization conformance pack ${name} is being created, updated or deleted. Try again later.`,
  );
}

/** Operations on organization conformance packs. */
export const organizationPackHandlers: Readonly<Record<string, AnyHandler>> = {
  PutOrganizationConformancePack: put,
  DescribeOrganizationConformancePacks: describe,
  DescribeOrganizationConformancePackStatuses: describeStatuses,
  GetOrganizationConformancePackDetailedStatus: detailedStatus,
  DeleteOrganizationConformancePack: remove,
};
