import type { CreateAccountStatus } from "@aws-sdk/client-organizations";
import { AppError } from "../../../core/app-error.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, NoteRequest, ResolvedChange, WriteResult } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { creationFailure } from "./creation-failure.ts";
import { inputTags, inputText } from "./input.ts";
import { type Patience, waitUntil } from "./wait-until.ts";

/** AWS: most accounts take a minute or two, some many more. */
const untilCreated: Patience = { firstMs: 1_000, mostMs: 10_000, forMs: 30 * 60_000 };

/** By how much the clock that dated the journal may differ from AWS's. */
const clockToleranceMs = 10 * 60_000;

/**
 * Creates an account and waits for its end. A request that an earlier try may have made is looked
 * for first, by its id or, when the answer was lost, by name and time; so that a crash or a lost
 * answer never makes a second account. Should AWS find the e-mail address taken, by an account of
 * this organization, that account is ours.
 *
 * @throws AppError ORGRAIL4108 when AWS could not create it, with AWS's reason and what to do.
 */
export async function createAccount(
  context: ApplyContext,
  change: ResolvedChange,
  noteRequest: NoteRequest,
  findByEmail: (email: string) => Promise<string | undefined>,
  isSecondTry = false,
): Promise<WriteResult> {
  const email = inputText(change, "Email").toLowerCase();
  const begun = await findEarlier(context, change);
  const last = await settle(
    context,
    change,
    begun ?? (await requestAccount(context, change)),
    noteRequest,
  );
  if (last.State === "SUCCEEDED" && last.AccountId !== undefined) {
    return { id: last.AccountId, how: begun === undefined ? "written" : "adopted" };
  }
  const reason = last.FailureReason ?? "UNKNOWN";
  if (inTheWay.has(reason)) {
    const id = await findOurs(context, change, noteRequest, () => findByEmail(email));
    if (id !== undefined) return { id, how: "adopted" };
  }
  if (reason === "CONCURRENT_ACCOUNT_MODIFICATION" && !isSecondTry) {
    // Several creations run at a time; AWS asks the one that came too close to come again.
    await context.aws.clock.sleep(5_000, context.signal);
    const { earlierRequest: _, ...anew } = change;
    return createAccount(context, anew, noteRequest, findByEmail, true);
  }
  const { meaning, remedy } = creationFailure(reason);
  throw new AppError(
    "ORGRAIL4108",
    `account \`${inputText(change, "AccountName")}\` <${email}> was not created: ${meaning} (${reason}, request ${last.Id})`,
    { hint: remedy },
  );
}

/** Reasons of AWS's behind which may stand an account, or a request for it, of our own. */
const inTheWay: ReadonlySet<string> = new Set([
  "EMAIL_ALREADY_EXISTS",
  "CONCURRENT_ACCOUNT_MODIFICATION",
]);

/** How long AWS may take to show a request whose answer was lost. */
const visibleWithinMs = 60_000;

/**
 * What stands in the way, if it is ours: an account of the organization, or the request of an
 * earlier try, which reads may be late to show.
 */
async function findOurs(
  context: ApplyContext,
  change: ResolvedChange,
  noteRequest: NoteRequest,
  findByEmail: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { clock } = context.aws;
  const wasTried = change.firstTriedAtMs !== undefined || change.earlierRequest !== undefined;
  const endAtMs = clock.now() + (wasTried ? visibleWithinMs : 0);
  for (;;) {
    const id = await findByEmail();
    if (id !== undefined) return id;
    const { earlierRequest: _, ...byName } = change;
    const begun = await findEarlier(context, byName);
    if (begun !== undefined) {
      const last = await settle(context, change, begun, noteRequest);
      if (last.State === "SUCCEEDED") return last.AccountId;
    }
    if (clock.now() >= endAtMs) return undefined;
    await clock.sleep(3_000, context.signal);
  }
}

/** Asks AWS for an account, and gives the request's first state. Throws `AwsError`. */
export async function requestAccount(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<CreateAccountStatus> {
  const { RoleName, IamUserAccessToBilling } = change.input;
  const tags = inputTags(change);
  const { CreateAccountStatus: status = {} } = await context.aws.call(
    "organizations",
    "CreateAccount",
    {
      Email: inputText(change, "Email"),
      AccountName: inputText(change, "AccountName"),
      ...(typeof RoleName === "string" ? { RoleName } : {}),
      ...(IamUserAccessToBilling === "ALLOW" || IamUserAccessToBilling === "DENY"
        ? { IamUserAccessToBilling }
        : {}),
      ...(tags.length === 0 ? {} : { Tags: tags }),
    },
    writeOptions(context),
  );
  return status;
}

/** The request of an earlier try: by its id, or by what we asked for and when. */
async function findEarlier(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<CreateAccountStatus | undefined> {
  const { earlierRequest, firstTriedAtMs } = change;
  if (earlierRequest !== undefined) return describe(context, earlierRequest);
  if (firstTriedAtMs === undefined) return undefined;
  const name = inputText(change, "AccountName");
  const pages = context.aws.pages(
    "organizations",
    "ListCreateAccountStatus",
    { MaxResults: organizationsQuotas.pageSize },
    readOptions(context),
  );
  const found: CreateAccountStatus[] = [];
  for await (const { CreateAccountStatuses = [] } of pages) {
    for (const status of CreateAccountStatuses) {
      const askedAtMs = status.RequestedTimestamp?.getTime() ?? 0;
      const isOurs = status.AccountName === name && askedAtMs > firstTriedAtMs - clockToleranceMs;
      // A failed request leaves the way free for another; only one that runs or ran binds us.
      if (isOurs && status.State !== "FAILED" && (await isSameAddress(context, change, status))) {
        found.push(status);
      }
    }
  }
  return found.at(0);
}

/** The list names no e-mail address, and two accounts may bear one name. */
async function isSameAddress(
  context: ApplyContext,
  change: ResolvedChange,
  status: CreateAccountStatus,
): Promise<boolean> {
  if (status.AccountId === undefined) return true;
  const { Account } = await context.aws.call(
    "organizations",
    "DescribeAccount",
    { AccountId: status.AccountId },
    { ...readOptions(context, status.AccountId), about: status.AccountId },
  );
  return Account?.Email?.toLowerCase() === inputText(change, "Email").toLowerCase();
}

/** Notes a request in the journal and waits for its end. */
async function settle(
  context: ApplyContext,
  change: ResolvedChange,
  first: CreateAccountStatus,
  noteRequest: NoteRequest,
): Promise<CreateAccountStatus> {
  if (first.Id !== undefined && first.Id !== change.earlierRequest) await noteRequest(first.Id);
  let status = first;
  let isFirst = true;
  await waitUntil(
    context,
    change,
    async () => {
      if (!isFirst) status = await describe(context, first.Id ?? "");
      isFirst = false;
      return status.State !== "IN_PROGRESS";
    },
    untilCreated,
  );
  return status;
}

async function describe(context: ApplyContext, requestId: string): Promise<CreateAccountStatus> {
  const { CreateAccountStatus: status = {} } = await context.aws.call(
    "organizations",
    "DescribeCreateAccountStatus",
    { CreateAccountRequestId: requestId },
    { ...readOptions(context), eventual: ["CreateAccountStatusNotFoundException"] },
  );
  return status;
}
