import type {
  CreateStackCommandInput,
  CreateStackCommandOutput,
  DeleteStackCommandInput,
  DeleteStackCommandOutput,
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryCommandOutput,
  ListStacksCommandInput,
  ListStacksCommandOutput,
  UpdateStackCommandInput,
  UpdateStackCommandOutput,
  ValidateTemplateCommandInput,
  ValidateTemplateCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { deploy, type StackPlace, undeploy } from "./deploy.ts";
import { validationError } from "./errors.ts";
import { page } from "./page.ts";
import { givenParameters, tagsOf } from "./parameters.ts";
import type { Served } from "./served.ts";
import { resourceShapes, stackShape, stackSummary } from "./stack-shapes.ts";
import { newUuid, type StackRecord, stacksOf } from "./state.ts";
import {
  checkCapabilities,
  givenTemplate,
  keepTemplate,
  keptTemplate,
  neededCapabilities,
  templateText,
} from "./templates.ts";

/** How long a stack shows that it is being worked on. */
const workMs = 20_000;

const createStack: Served<CreateStackCommandInput, CreateStackCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const name = input.StackName ?? "";
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const stacks = stacksOf(world, caller.account, region);
  if ([...stacks.values()].some((it) => it.name === name && it.status !== "DELETE_COMPLETE")) {
    throw new ServiceError("AlreadyExistsException", `Stack [${name}] already exists`);
  }
  const template = keepTemplate(world, givenTemplate(world, input));
  const parsed = keptTemplate(world, template);
  checkCapabilities(parsed, input.Capabilities ?? []);
  const now = world.clock.now();
  const stack: StackRecord = {
    id: `arn:aws:cloudformation:${region}:${caller.account}:stack/${name}/${newUuid(world)}`,
    name,
    template,
    parameters: givenParameters(parsed, input.Parameters),
    capabilities: input.Capabilities ?? [],
    tags: tagsOf(input.Tags),
    status: "CREATE_IN_PROGRESS",
    createdAt: now,
    busyUntil: now + workMs,
    resources: new Map(),
  };
  stacks.set(stack.id, stack);
  const outcome = deploy(placeOf(context), stack);
  stack.status = outcome.ok ? "CREATE_COMPLETE" : "ROLLBACK_COMPLETE";
  if (!outcome.ok) stack.statusReason = outcome.reason;
  return { StackId: stack.id };
};

const updateStack: Served<UpdateStackCommandInput, UpdateStackCommandOutput> = (context, input) => {
  const { world } = context;
  const stack = findStack(context, input.StackName);
  checkIdle(context, stack, "UPDATE");
  const template =
    input.UsePreviousTemplate === true
      ? stack.template
      : keepTemplate(world, givenTemplate(world, input));
  const parsed = keptTemplate(world, template);
  checkCapabilities(parsed, input.Capabilities ?? []);
  const parameters = givenParameters(parsed, input.Parameters, stack.parameters);
  const tags = input.Tags === undefined ? stack.tags : tagsOf(input.Tags);
  const same = JSON.stringify([stack.template, stack.parameters, stack.tags]);
  if (same === JSON.stringify([template, parameters, tags])) {
    throw validationError("No updates are to be performed.");
  }
  const before = { template: stack.template, parameters: stack.parameters };
  Object.assign(stack, { template, parameters, tags });
  const outcome = deploy(placeOf(context), stack);
  stack.updatedAt = world.clock.now();
  stack.busyUntil = stack.updatedAt + workMs;
  stack.status = outcome.ok ? "UPDATE_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
  if (outcome.ok) delete stack.statusReason;
  else {
    Object.assign(stack, before);
    deploy(placeOf(context), stack);
    stack.statusReason = outcome.reason;
  }
  return { StackId: stack.id };
};

const deleteStack: Served<DeleteStackCommandInput, DeleteStackCommandOutput> = (context, input) => {
  const stack = stackNamed(context, input.StackName);
  // Deleting what is not there changes nothing.
  if (stack === undefined || stack.status === "DELETE_COMPLETE") return {};
  checkIdle(context, stack, "DELETE");
  undeploy(placeOf(context), stack);
  stack.status = "DELETE_COMPLETE";
  stack.deletedAt = context.world.clock.now();
  return {};
};

const describeStacks: Served<DescribeStacksCommandInput, DescribeStacksCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  if (input.StackName !== undefined) {
    return { Stacks: [stackShape(placeOf(context), findStack(context, input.StackName))] };
  }
  const all = [...stacksOf(world, caller.account, region).values()].filter(
    ({ status }) => status !== "DELETE_COMPLETE",
  );
  const { items, ...rest } = page("DescribeStacks", all, { NextToken: input.NextToken });
  return { Stacks: items.map((stack) => stackShape(placeOf(context), stack)), ...rest };
};

const listStacks: Served<ListStacksCommandInput, ListStacksCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const wanted = input.StackStatusFilter ?? [];
  const all = [...stacksOf(world, caller.account, region).values()]
    .reverse()
    .map((stack) => stackSummary(world, stack))
    .filter(
      ({ StackStatus }) => wanted.length === 0 || wanted.includes(StackStatus ?? "CREATE_FAILED"),
    );
  const { items, ...rest } = page(`ListStacks ${wanted.join()}`, all, {
    NextToken: input.NextToken,
  });
  return { StackSummaries: items, ...rest };
};

const describeStackResources: Served<
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput
> = (context, input) => {
  const stack = findStack(context, input.StackName);
  const wanted = input.LogicalResourceId;
  return {
    StackResources: resourceShapes(context.world, stack).filter(
      ({ LogicalResourceId }) => wanted === undefined || LogicalResourceId === wanted,
    ),
  };
};

const getTemplate: Served<GetTemplateCommandInput, GetTemplateCommandOutput> = (
  context,
  input,
) => ({
  TemplateBody: templateText(context.world, findStack(context, input.StackName).template),
  StagesAvailable: ["Original", "Processed"],
});

const validateTemplate: Served<ValidateTemplateCommandInput, ValidateTemplateCommandOutput> = (
  { world },
  input,
) => {
  const template = keptTemplate(world, keepTemplate(world, givenTemplate(world, input)));
  const capabilities = neededCapabilities(template);
  return {
    Parameters: Object.entries(template.parameters).map(([key, parameter]) => ({
      ParameterKey: key,
      NoEcho: parameter.noEcho,
      ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
    })),
    ...(template.description === undefined ? {} : { Description: template.description }),
    ...(capabilities.length === 0
      ? {}
      : {
          Capabilities: [...capabilities] as NonNullable<
            ValidateTemplateCommandOutput["Capabilities"]
          >,
          CapabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
        }),
  };
};

const getTemplateSummary: Served<
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryCommandOutput
> = (context, input) => {
  const { world } = context;
  const key =
    input.StackName === undefined
      ? keepTemplate(world, givenTemplate(world, input))
      : findStack(context, input.StackName).template;
  const template = keptTemplate(world, key);
  return {
    Parameters: Object.entries(template.parameters).map(([name, parameter]) => ({
      ParameterKey: name,
      ParameterType: parameter.type,
      NoEcho: parameter.noEcho,
      ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
    })),
    ResourceTypes: [...new Set(Object.values(template.resources).map(({ type }) => type))],
    Capabilities: [...neededCapabilities(template)] as NonNullable<
      GetTemplateSummaryCommandOutput["Capabilities"]
    >,
  };
};

function placeOf({ world, caller, region }: HandlerContext): StackPlace {
  return { world, account: caller.account, region };
}

function stackNamed(
  { world, caller, region }: HandlerContext,
  name: string | undefined,
): StackRecord | undefined {
  const stacks = stacksOf(world, caller.account, region);
  const byId = stacks.get(name ?? "");
  if (byId !== undefined) return byId;
  return [...stacks.values()].find((it) => it.name === name && it.status !== "DELETE_COMPLETE");
}

function findStack(context: HandlerContext, name: string | undefined): StackRecord {
  const stack = stackNamed(context, name);
  if (stack !== undefined) return stack;
  throw validationError(`Stack with id ${name} does not exist`);
}

function checkIdle({ world }: HandlerContext, stack: StackRecord, action: string): void {
  const { StackStatus: status = "" } = stackSummary(world, stack);
  const isFailed = action === "UPDATE" && status === "ROLLBACK_COMPLETE";
  if (!status.endsWith("_IN_PROGRESS") && !isFailed) return;
  throw validationError(
    `Stack:${stack.id} is in ${status} state and can not be ${action === "UPDATE" ? "updated" : "deleted"}.`,
  );
}

/** Operations on single stacks and on templates. */
export const stackHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateStack: createStack,
  UpdateStack: updateStack,
  DeleteStack: deleteStack,
  DescribeStacks: describeStacks,
  ListStacks: listStacks,
  DescribeStackResources: describeStackResources,
  GetTemplate: getTemplate,
  ValidateTemplate: validateTemplate,
  GetTemplateSummary: getTemplateSummary,
};
