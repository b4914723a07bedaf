import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { accountStateOf } from "../collect-tree.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { createAccount, requestAccount } from "./create-account.ts";
import { inputText } from "./input.ts";
import { parentOf } from "./units.ts";
import { unless } from "./unless.ts";
import { type Patience, waitUntil } from "./wait-until.ts";

/** Accounts: made, moved, closed. */
export const accountChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateAccount: {
    observe: (context, change, fresh) =>
      observeByEmail(context, inputText(change, "Email").toLowerCase(), fresh),
    write: (context, change, noteRequest) =>
      createAccount(context, change, noteRequest, async (email) => {
        const { id } = await observeByEmail(context, email, true);
        return id;
      }),
    start: async (context, change) => (await requestAccount(context, change)).Id,
    concurrent: organizationsQuotas.concurrentAccountCreations,
  },
  MoveAccount: {
    // AWS: once the account has gone, its old place is "not found" for this move.
    already: ["DuplicateAccountException", "SourceParentNotFoundException"],
    observe: async (context, change) => {
      const id = inputText(change, "AccountId");
      const parentId = await parentOf(context, id);
      return { facet: parentId === undefined ? null : { parentId } };
    },
    write: async (context, change) => {
      const id = inputText(change, "AccountId");
      const source = inputText(change, "SourceParentId");
      const destination = inputText(change, "DestinationParentId");
      await context.aws.call(
        "organizations",
        "MoveAccount",
        { AccountId: id, SourceParentId: source, DestinationParentId: destination },
        { ...writeOptions(context, id, source, destination), about: id },
      );
      return {};
    },
  },
  CloseAccount: {
    already: ["AccountAlreadyClosedException", "ConflictException"],
    observe: observeState,
    write: async (context, change) => {
      const id = inputText(change, "AccountId");
      await context.aws.call(
        "organizations",
        "CloseAccount",
        { AccountId: id },
        { ...writeOptions(context), about: id },
      );
      await waitUntil(
        context,
        change,
        async () => closing.has(await stateOf(context, id)),
        untilClosing,
      );
      return {};
    },
  },
};

/** States of an account that is being closed or is closed: CloseAccount has done its part. */
const closing: ReadonlySet<string> = new Set(["PENDING_CLOSURE", "SUSPENDED", "CLOSED"]);

const untilClosing: Patience = { firstMs: 1_000, mostMs: 15_000, forMs: 15 * 60_000 };

/** Any state of closing is as good as the one that the plan names. */
async function observeState(context: ApplyContext, change: ResolvedChange): Promise<Observation> {
  const state = await stateOf(context, inputText(change, "AccountId"));
  const wanted = String(change.after?.state ?? "");
  return { facet: { state: closing.has(state) && closing.has(wanted) ? wanted : state } };
}

async function stateOf(context: ApplyContext, id: string): Promise<string> {
  const answer = await unless(["AccountNotFoundException"], () =>
    context.aws.call(
      "organizations",
      "DescribeAccount",
      { AccountId: id },
      { ...readOptions(context, id), about: id },
    ),
  );
  // AWS: an account that is closed for good leaves the organization.
  return answer?.Account === undefined ? "CLOSED" : accountStateOf(answer.Account);
}

/**
 * An account by its e-mail address. The accounts are listed once an apply, for thousands of them
 * are many pages: AWS itself refuses a second account of the same address, and then the list is
 * read again.
 */
async function observeByEmail(
  context: ApplyContext,
  email: string,
  fresh: boolean,
): Promise<Observation> {
  const key = "organizations/accountsByEmail";
  let ids = context.memo.get(key);
  if (!(ids instanceof Map) || fresh) {
    const found = new Map<string, string>();
    const pages = context.aws.pages(
      "organizations",
      "ListAccounts",
      { MaxResults: organizationsQuotas.pageSize },
      readOptions(context),
    );
    for await (const { Accounts = [] } of pages) {
      for (const { Id = "", Email = "" } of Accounts) found.set(Email.toLowerCase(), Id);
    }
    context.memo.set(key, found);
    ids = found;
  }
  const id: unknown = ids instanceof Map ? ids.get(email) : undefined;
  return typeof id === "string" ? { facet: { email }, id } : { facet: null };
}
