import type {
  BatchDisableStandardsCommandInput,
  BatchDisableStandardsCommandOutput,
  BatchEnableStandardsCommandInput,
  BatchEnableStandardsCommandOutput,
  BatchGetStandardsControlAssociationsCommandInput,
  BatchGetStandardsControlAssociationsCommandOutput,
  BatchUpdateStandardsControlAssociationsCommandInput,
  BatchUpdateStandardsControlAssociationsCommandOutput,
  DescribeStandardsCommandInput,
  DescribeStandardsCommandOutput,
  GetEnabledStandardsCommandInput,
  GetEnabledStandardsCommandOutput,
  ListEnabledProductsForImportCommandInput,
  ListEnabledProductsForImportCommandOutput,
  StandardsSubscription,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { invalidInput, notFound } from "./errors.ts";
import { standardArn } from "./hub.ts";
import { callersHub, refuseCentral } from "./hub-operations.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { accountRegion, standardMs } from "./state.ts";

const describeStandards: Served<DescribeStandardsCommandInput, DescribeStandardsCommandOutput> = (
  context,
  input,
) => {
  const all = securityHubFacts.standards.map((standard) => ({
    StandardsArn: standardArn(standard.id, context.region),
    Name: standard.title,
    Description: standard.title,
    EnabledByDefault: standard.default,
    StandardsManagedBy: { Company: "AWS", Product: "Security Hub" },
  }));
  const { items, next } = page("standards", all, input, securityHubFacts.pageSizes.standards);
  return { Standards: items, ...next };
};

const getEnabledStandards: Served<
  GetEnabledStandardsCommandInput,
  GetEnabledStandardsCommandOutput
> = (context, input) => {
  const wanted = input.StandardsSubscriptionArns;
  const all = subscriptions(context).filter(
    ({ StandardsSubscriptionArn: arn = "" }) => wanted === undefined || wanted.includes(arn),
  );
  const { items, next } = page("enabled", all, input, securityHubFacts.pageSizes.standards);
  return { StandardsSubscriptions: items, ...next };
};

/** What may send findings: of the products, Security Hub's own alone, which nobody enables. */
const listEnabledProducts: Served<
  ListEnabledProductsForImportCommandInput,
  ListEnabledProductsForImportCommandOutput
> = (context, input) => {
  callersHub(context);
  const { region, caller } = context;
  const own = `arn:aws:securityhub:${region}:${caller.account}:product-subscription/aws/securityhub`;
  const { items, next } = page("products", [own], input, securityHubFacts.pageSizes.standards);
  return { ProductSubscriptions: items, ...next };
};

const batchEnableStandards: Served<
  BatchEnableStandardsCommandInput,
  BatchEnableStandardsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  refuseCentral(context);
  callersHub(context);
  const asked = (input.StandardsSubscriptionRequests ?? []).map(({ StandardsArn }) => StandardsArn);
  if (asked.length < 1 || asked.length > 25) {
    throw invalidInput("Invalid parameter 'StandardsSubscriptionRequests'");
  }
  const known = securityHubFacts.standards.map(({ id }) => standardArn(id, region));
  for (const arn of asked) {
    if (!known.includes(arn ?? "")) throw invalidInput(`Invalid StandardsArn: ${arn}`);
  }
  const { standards } = accountRegion(world, caller.account, region);
  const isOn = new Set(subscriptions(context).map(({ StandardsArn }) => StandardsArn));
  for (const arn of asked) {
    if (!isOn.has(arn)) standards.set(arn ?? "", { on: true, changedAt: world.clock.now() });
  }
  return {
    StandardsSubscriptions: subscriptions(context).filter(({ StandardsArn }) =>
      asked.includes(StandardsArn),
    ),
  };
};

const batchDisableStandards: Served<
  BatchDisableStandardsCommandInput,
  BatchDisableStandardsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  refuseCentral(context);
  const asked = input.StandardsSubscriptionArns ?? [];
  const all = subscriptions(context);
  const { standards } = accountRegion(world, caller.account, region);
  const disabled = asked.map((arn) => {
    const found = all.find((one) => one.StandardsSubscriptionArn === arn);
    if (found === undefined) throw invalidInput(`Standards subscription ${arn} not found`);
    return found;
  });
  for (const { StandardsArn: arn = "" } of disabled) {
    standards.set(arn, { on: false, changedAt: world.clock.now() });
  }
  return {
    StandardsSubscriptions: disabled.map((one) => ({ ...one, StandardsStatus: "DELETING" })),
  };
};

const batchUpdateControlAssociations: Served<
  BatchUpdateStandardsControlAssociationsCommandInput,
  BatchUpdateStandardsControlAssociationsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  refuseCentral(context);
  callersHub(context);
  const { controls } = accountRegion(world, caller.account, region);
  const on = new Set(subscriptions(context).map(({ StandardsArn }) => StandardsArn));
  const failed: NonNullable<
    BatchUpdateStandardsControlAssociationsCommandOutput["UnprocessedAssociationUpdates"]
  > = [];
  for (const update of input.StandardsControlAssociationUpdates ?? []) {
    if (!on.has(update.StandardsArn)) {
      failed.push({
        StandardsControlAssociationUpdate: update,
        ErrorCode: "INVALID_INPUT",
        ErrorReason: `Standard ${update.StandardsArn} is not enabled`,
      });
      continue;
    }
    controls.set(`${update.StandardsArn}\n${update.SecurityControlId}`, {
      status: update.AssociationStatus ?? "ENABLED",
      ...(update.UpdatedReason === undefined ? {} : { reason: update.UpdatedReason }),
    });
  }
  return { UnprocessedAssociationUpdates: failed };
};

const batchGetControlAssociations: Served<
  BatchGetStandardsControlAssociationsCommandInput,
  BatchGetStandardsControlAssociationsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersHub(context);
  const { controls } = accountRegion(world, caller.account, region);
  return {
    StandardsControlAssociationDetails: (input.StandardsControlAssociationIds ?? []).map((id) => {
      if (id.StandardsArn === undefined) throw notFound("The standard is missing");
      const found = controls.get(`${id.StandardsArn}\n${id.SecurityControlId}`);
      return {
        StandardsArn: id.StandardsArn,
        SecurityControlId: id.SecurityControlId,
        SecurityControlArn: `arn:aws:securityhub:${region}:${caller.account}:security-control/${id.SecurityControlId}`,
        AssociationStatus: found?.status === "DISABLED" ? "DISABLED" : "ENABLED",
        ...(found?.reason === undefined ? {} : { UpdatedReason: found.reason }),
      };
    }),
  };
};

/** The standards that are on for the caller: those that came with the hub, and its own changes. */
function subscriptions(context: HandlerContext): StandardsSubscription[] {
  const { world, caller, region } = context;
  const hub = callersHub(context);
  const { standards } = accountRegion(world, caller.account, region);
  const arns = new Map(hub.standards.map((arn) => [arn, hub.record.subscribedAt]));
  if (!hub.isCentral) {
    for (const [arn, { on, changedAt }] of standards) {
      if (on) arns.set(arn, changedAt);
      else arns.delete(arn);
    }
  }
  return [...arns].map(([arn, changedAt]) => ({
    StandardsSubscriptionArn: `arn:aws:securityhub:${region}:${caller.account}:subscription/${arn.replace(/^.*?(?:standards|ruleset)\//, "")}`,
    StandardsArn: arn,
    StandardsInput: {},
    StandardsStatus: changedAt + standardMs > world.clock.now() ? "PENDING" : "READY",
  }));
}

/** Operations on standards and their controls. */
export const standardHandlers: Readonly<Record<string, AnyHandler>> = {
  DescribeStandards: describeStandards,
  GetEnabledStandards: getEnabledStandards,
  ListEnabledProductsForImport: listEnabledProducts,
  BatchEnableStandards: batchEnableStandards,
  BatchDisableStandards: batchDisableStandards,
  BatchUpdateStandardsControlAssociations: batchUpdateControlAssociations,
  BatchGetStandardsControlAssociations: batchGetControlAssociations,
};
