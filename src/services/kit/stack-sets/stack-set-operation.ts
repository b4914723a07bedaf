import type { CallOptions } from "../../../aws/aws.ts";
import { digest } from "../../../core/digest.ts";
import type {
  ApplyContext,
  NoteRequest,
  PartFailure,
  ResolvedChange,
  WriteResult,
} from "../../service.ts";
import { placeOf, waitUntil } from "../change-handler.ts";
import { type CallAs, hasCode, type StackSetPlace } from "./read-stack-set.ts";

/** How often an operation is looked at, and how long it may take. */
const looks = { everyMs: 15_000, atMostMs: 24 * 60 * 60 * 1000 } as const;

/** The stack set that a change is about. */
export function stackSetPlace(context: ApplyContext, change: ResolvedChange): StackSetPlace {
  const { StackSetName, CallAs: callAs } = change.input;
  return {
    name: String(StackSetName),
    callAs: callAs === "DELEGATED_ADMIN" ? "DELEGATED_ADMIN" : "SELF",
    how: placeOf(context, change),
  };
}

/**
 * Carries out an operation on a stack set to its end. Its id is ours and stands in the journal
 * before the request goes out, so that one that was interrupted is found again and not repeated.
 * While another operation is under way, such as an automatic deployment, it is waited for.
 *
 * @returns the accounts and Regions in which it failed.
 */
export async function runStackSetOperation(
  context: ApplyContext,
  change: ResolvedChange,
  noteRequest: NoteRequest,
  request: (operationId: string, how: CallOptions) => Promise<unknown>,
): Promise<WriteResult> {
  const place = stackSetPlace(context, change);
  const { earlierRequest } = change;
  let operationId = earlierRequest;
  const isKnown =
    earlierRequest !== undefined &&
    (await operationStatus(context, place, earlierRequest)) !== undefined;
  if (operationId === undefined || !isKnown) {
    operationId ??= `orgrail-${digest(change.id).slice(0, 16)}-${context.aws.clock.now()}`;
    if (earlierRequest === undefined) await noteRequest(operationId);
    const id = operationId;
    await whenFree(context, change, () =>
      request(id, { ...place.how, finish: true, idempotent: false }),
    );
  }
  context.memo.clear();
  const ended = operationId;
  await waitUntil(
    context,
    change,
    async () => isEnded(await operationStatus(context, place, ended)),
    looks,
  );
  const failures = await failuresOf(context, place, ended);
  return failures.length === 0 ? {} : { failures };
}

/** Whether an operation of an interrupted apply is still under way. */
export async function isUnderWay(context: ApplyContext, change: ResolvedChange): Promise<boolean> {
  const { earlierRequest } = change;
  if (earlierRequest === undefined) return false;
  const status = await operationStatus(context, stackSetPlace(context, change), earlierRequest);
  return status !== undefined && !isEnded(status);
}

/** Sends a request when no other operation is under way. */
async function whenFree(
  context: ApplyContext,
  change: ResolvedChange,
  send: () => Promise<unknown>,
): Promise<void> {
  await waitUntil(
    context,
    change,
    async () => {
      try {
        await send();
        return true;
      } catch (error) {
        if (hasCode(error, "OperationInProgressException")) return false;
        // A request whose answer was lost had arrived.
        if (hasCode(error, "OperationIdAlreadyExistsException")) return true;
        throw error;
      }
    },
    looks,
  );
}

async function operationStatus(
  { aws }: ApplyContext,
  { name, callAs, how }: StackSetPlace,
  operationId: string,
): Promise<string | undefined> {
  try {
    const input = { StackSetName: name, OperationId: operationId, CallAs: callAs };
    const answer = await aws.call("cloudformation", "DescribeStackSetOperation", input, how);
    return answer.StackSetOperation?.Status;
  } catch (error) {
    const isUnknown =
      hasCode(error, "OperationNotFoundException") || hasCode(error, "StackSetNotFoundException");
    if (isUnknown) return undefined;
    throw error;
  }
}

function isEnded(status: string | undefined): boolean {
  return status === "SUCCEEDED" || status === "FAILED" || status === "STOPPED";
}

async function failuresOf(
  { aws }: ApplyContext,
  { name, callAs, how }: StackSetPlace,
  operationId: string,
): Promise<readonly PartFailure[]> {
  const failures: PartFailure[] = [];
  for (const status of ["FAILED", "CANCELLED"] as const) {
    const input = {
      StackSetName: name,
      OperationId: operationId,
      CallAs: callAs satisfies CallAs,
      Filters: [{ Name: "OPERATION_RESULT_STATUS" as const, Values: status }],
    };
    const pages = aws.pages("cloudformation", "ListStackSetOperationResults", input, how);
    for await (const page of pages) {
      for (const { Account, Region, StatusReason, Status } of page.Summaries ?? []) {
        failures.push({
          ...(Account === undefined ? {} : { account: Account }),
          message: `${Region ?? ""}: ${StatusReason ?? Status ?? "failed"}`,
        });
      }
    }
  }
  return failures;
}
