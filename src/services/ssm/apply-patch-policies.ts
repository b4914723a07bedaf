import type { CallOptions } from "../../aws/aws.ts";
import { AppError } from "../../core/app-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { changeHandler, waitUntil } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { patchPolicyFacet } from "./patch-policy-facet.ts";
import { readStack } from "./read-stack.ts";

/** How often a stack is looked at, and how long it may take. */
const looks = { everyMs: 10_000, atMostMs: 2 * 60 * 60 * 1000 } as const;

type Stack = NonNullable<Awaited<ReturnType<typeof readStack>>>;

/** The changes of patch policies: each is a stack, which is waited for. */
export const patchPolicyChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateStack: changeHandler("cloudformation", "CreateStack", {
    observe,
    idOf: ({ StackId }) => StackId,
    settle: (context, change, _output, how) => settle(context, change, how, "CREATE_COMPLETE"),
    already: ["AlreadyExistsException"],
  }),
  UpdateStack: changeHandler("cloudformation", "UpdateStack", {
    observe,
    settle: (context, change, _output, how) => settle(context, change, how, "UPDATE_COMPLETE"),
  }),
  DeleteStack: changeHandler("cloudformation", "DeleteStack", {
    observe,
    settle: async (context, change, _output, how) => {
      const left = await rest(context, change, how);
      if (left !== null) throw failed(change, left);
    },
  }),
};

/** What the stack says once CloudFormation has ended what it is at. */
async function observe(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const stack = await rest(context, change, how);
  return stack === null ? null : patchPolicyFacet(stack);
}

async function settle(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
  wanted: string,
): Promise<void> {
  const stack = await rest(context, change, how);
  if (stack?.status !== wanted) throw failed(change, stack);
}

async function rest(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<Stack | null> {
  let stack: Stack | null = null;
  await waitUntil(
    context,
    change,
    async () => {
      stack = await readStack(context.aws, String(change.input.StackName), how);
      return stack === null || !stack.status.endsWith("_IN_PROGRESS");
    },
    looks,
  );
  return stack;
}

function failed(change: ResolvedChange, stack: Stack | null): AppError {
  const name = String(change.input.StackName);
  const state = stack === null ? "is gone" : `is ${stack.status}`;
  const reason = stack?.reason === "" || stack === null ? "" : `: ${stack.reason}`;
  return new AppError("ORGRAIL4124", `the stack \`${name}\` ${state}${reason}`, {
    hint: "its events in CloudFormation tell more; mend the cause, plan and apply again",
  });
}
