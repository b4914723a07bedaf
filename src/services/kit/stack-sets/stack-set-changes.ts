import type { Input } from "../../../aws/operations.ts";
import type { JsonObject } from "../../../core/json.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { placeOf, remember } from "../change-handler.ts";
import {
  definitionOf,
  describeStackSet,
  isWorking,
  readInstances,
  type StackSetPlace,
} from "./read-stack-set.ts";
import { isUnderWay, runStackSetOperation, stackSetPlace } from "./stack-set-operation.ts";

/**
 * The changes of stack sets, by operation. They serve every service that deploys by stack sets.
 *
 * Facets: of a stack set its definition; of its stacks `{ stacks: N }`, the number that is there or
 * is as wanted, never more than the change wants; of drift detection `{ checked: true }`.
 */
export const stackSetChanges: Readonly<Record<string, ChangeHandler>> = {
  ActivateOrganizationsAccess: {
    observe: async ({ aws, signal }, change) => {
      const how = { ...regionOf(change), ...(signal === undefined ? {} : { signal }) };
      const answer = await aws.call(
        "cloudformation",
        "DescribeOrganizationsAccess",
        { CallAs: "SELF" },
        how,
      );
      return { facet: { enabled: answer.Status === "ENABLED" } };
    },
    write: async (context, change) => {
      const how = { ...placeOf(context, change), finish: true };
      await context.aws.call("cloudformation", "ActivateOrganizationsAccess", {}, how);
      return {};
    },
  },
  CreateStackSet: {
    observe: observeDefinition,
    write: async (context, change) => {
      const how = { ...placeOf(context, change), finish: true };
      const answer = await context.aws.call(
        "cloudformation",
        "CreateStackSet",
        change.input as unknown as Input<"cloudformation", "CreateStackSet">,
        how,
      );
      context.memo.clear();
      return { id: arnOf(context, change, answer.StackSetId ?? "") };
    },
    already: ["NameAlreadyExistsException"],
  },
  UpdateStackSet: {
    observe: async (context, change) =>
      (await isUnderWay(context, change))
        ? { facet: change.before }
        : observeDefinition(context, change),
    write: (context, change, noteRequest) =>
      runStackSetOperation(context, change, noteRequest, (OperationId, how) =>
        context.aws.call(
          "cloudformation",
          "UpdateStackSet",
          { ...change.input, StackSetName: String(change.input.StackSetName), OperationId },
          how,
        ),
      ),
  },
  DeleteStackSet: {
    observe: observeDefinition,
    write: async (context, change) => {
      const how = { ...placeOf(context, change), finish: true };
      const { StackSetName, CallAs } = change.input as { StackSetName: string; CallAs: "SELF" };
      await context.aws.call("cloudformation", "DeleteStackSet", { StackSetName, CallAs }, how);
      context.memo.clear();
      return {};
    },
  },
  CreateStackInstances: {
    observe: (context, change, fresh) => observeStacks(context, change, fresh, () => true),
    write: (context, change, noteRequest) =>
      runStackSetOperation(context, change, noteRequest, (OperationId, how) =>
        context.aws.call(
          "cloudformation",
          "CreateStackInstances",
          { ...instancesInput(change), OperationId },
          how,
        ),
      ),
  },
  UpdateStackInstances: {
    observe: (context, change, fresh) =>
      observeStacks(context, change, fresh, (status) => status === "CURRENT"),
    write: (context, change, noteRequest) =>
      runStackSetOperation(context, change, noteRequest, (OperationId, how) =>
        context.aws.call(
          "cloudformation",
          "UpdateStackInstances",
          { ...instancesInput(change), OperationId },
          how,
        ),
      ),
  },
  DeleteStackInstances: {
    observe: (context, change, fresh) => observeStacks(context, change, fresh, () => true),
    write: (context, change, noteRequest) =>
      runStackSetOperation(context, change, noteRequest, (OperationId, how) =>
        context.aws.call(
          "cloudformation",
          "DeleteStackInstances",
          {
            ...instancesInput(change),
            RetainStacks: change.input.RetainStacks === true,
            OperationId,
          },
          how,
        ),
      ),
  },
  DetectStackSetDrift: {
    observe: async (context, change) => {
      if (await isUnderWay(context, change)) return { facet: change.before };
      const stackSet = await describeStackSet(context.aws, stackSetPlace(context, change));
      const checkedAt = stackSet?.StackSetDriftDetectionDetails?.LastDriftCheckTimestamp;
      const isNew =
        checkedAt !== undefined && checkedAt.toISOString() > String(change.before?.since);
      return { facet: isNew ? change.after : change.before };
    },
    write: async (context, change, noteRequest) => {
      // Stacks whose drift cannot be told are shown by the next plan, and are no failure of this.
      await runStackSetOperation(context, change, noteRequest, (OperationId, how) =>
        context.aws.call(
          "cloudformation",
          "DetectStackSetDrift",
          { ...change.input, StackSetName: String(change.input.StackSetName), OperationId },
          how,
        ),
      );
      return {};
    },
  },
};

async function observeDefinition(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<Observation> {
  const stackSet = await describeStackSet(context.aws, stackSetPlace(context, change));
  if (stackSet === undefined) return { facet: null };
  const facet = definitionOf(stackSet) as unknown as JsonObject;
  return { facet, id: stackSet.StackSetARN ?? "" };
}

/** The stacks that a change is about, counted; more than it wants is not more. */
async function observeStacks(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
  counts: (status: string | undefined) => boolean,
): Promise<Observation> {
  if (await isUnderWay(context, change)) return { facet: change.before };
  const place = stackSetPlace(context, change);
  const { Regions, DeploymentTargets } = instancesInput(change);
  const { Accounts, AccountFilterType: filter } = DeploymentTargets;
  const regions = new Set(Regions);
  const accounts = new Set(Accounts ?? []);
  const stacks = (await stacksOf(context, change, place, fresh)).filter(
    (stack) =>
      !isWorking(stack) &&
      counts(stack.Status) &&
      regions.has(stack.Region ?? "") &&
      (filter === undefined || accounts.has(stack.Account ?? "") === (filter === "INTERSECTION")),
  ).length;
  const before = Number(change.before?.stacks ?? 0);
  const after = Number(change.after?.stacks ?? 0);
  const isThere = after > before ? stacks >= after : stacks <= after;
  return { facet: isThere ? change.after : change.before };
}

function stacksOf(
  context: ApplyContext,
  change: ResolvedChange,
  place: StackSetPlace,
  fresh: boolean,
): ReturnType<typeof readInstances> {
  return remember(context, change, `stacks ${place.name}`, fresh, async () => {
    const stackSet = await describeStackSet(context.aws, place);
    return stackSet === undefined ? [] : readInstances(context.aws, place);
  });
}

/** The input of an operation on stacks, typed. */
function instancesInput({ input }: ResolvedChange): {
  readonly StackSetName: string;
  readonly CallAs: "SELF" | "DELEGATED_ADMIN";
  readonly Regions: string[];
  readonly DeploymentTargets: {
    readonly OrganizationalUnitIds: string[];
    readonly Accounts?: string[];
    readonly AccountFilterType?: "INTERSECTION" | "DIFFERENCE";
  };
} {
  const { RetainStacks: _, ...rest } = input;
  return rest as unknown as ReturnType<typeof instancesInput>;
}

function arnOf(
  { aws, managementAccountId }: ApplyContext,
  change: ResolvedChange,
  id: string,
): string {
  const region = change.region ?? aws.region;
  return `arn:${aws.partition.name}:cloudformation:${region}:${managementAccountId}:stackset/${id}`;
}

function regionOf({ region }: ResolvedChange): { readonly region?: string } {
  return region === undefined ? {} : { region };
}
