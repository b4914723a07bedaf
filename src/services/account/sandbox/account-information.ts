import type {
  AcceptPrimaryEmailUpdateCommandInput,
  AcceptPrimaryEmailUpdateCommandOutput,
  GetAccountInformationCommandInput,
  GetAccountInformationCommandOutput,
  GetPrimaryEmailCommandInput,
  GetPrimaryEmailCommandOutput,
  PutAccountNameCommandInput,
  PutAccountNameCommandOutput,
  StartPrimaryEmailUpdateCommandInput,
  StartPrimaryEmailUpdateCommandOutput,
} from "@aws-sdk/client-account";
import { accountQuotas } from "../../../data/account-quotas.ts";
import { type AccountRecord, accountsSlot, findAccount } from "../../../sandbox/accounts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { accessDenied, notFound, validationFailed, validText } from "./errors.ts";
import type { Served } from "./served.ts";
import { accountState } from "./state.ts";
import { targetAccount } from "./target.ts";

/** The code that the sandbox's e-mails hold. */
export const sandboxOneTimePassword: string = "123456";

const getAccountInformation: Served<
  GetAccountInformationCommandInput,
  GetAccountInformationCommandOutput
> = (context, input) => {
  const account = recordOf(context, targetAccount(context, input.AccountId));
  return {
    AccountId: account.id,
    AccountName: account.name,
    AccountCreatedDate: new Date(account.createdAt),
    AccountState: account.suspended ? "SUSPENDED" : "ACTIVE",
  };
};

const putAccountName: Served<PutAccountNameCommandInput, PutAccountNameCommandOutput> = (
  context,
  input,
) => {
  const name = validText("accountName", input.AccountName, 50, /^[ -;=?-~]+$/);
  recordOf(context, targetAccount(context, input.AccountId)).name = name;
  return {};
};

const getPrimaryEmail: Served<GetPrimaryEmailCommandInput, GetPrimaryEmailCommandOutput> = (
  context,
  input,
) => ({ PrimaryEmail: recordOf(context, memberAccount(context, input.AccountId)).email });

const startPrimaryEmailUpdate: Served<
  StartPrimaryEmailUpdateCommandInput,
  StartPrimaryEmailUpdateCommandOutput
> = (context, input) => {
  const { world } = context;
  const email = validEmail(input.PrimaryEmail);
  const account = memberAccount(context, input.AccountId);
  const state = accountState(world, account);
  const { count, perSeconds } = accountQuotas.primaryEmailUpdates;
  const now = world.clock.now();
  state.emailUpdatesAt = state.emailUpdatesAt.filter((at) => at > now - perSeconds * 1000);
  if (state.emailUpdatesAt.length >= count) {
    throw new ServiceError("TooManyRequestsException", "Too many requests", { httpStatus: 429 });
  }
  for (const other of world.state(accountsSlot).byId.values()) {
    if (other.email.toLowerCase() === email.toLowerCase()) {
      throw new ServiceError(
        "ConflictException",
        "The e-mail address is already in use by another account.",
        { httpStatus: 409 },
      );
    }
  }
  state.emailUpdatesAt.push(now);
  state.emailUpdate = { email, code: sandboxOneTimePassword };
  return { Status: "PENDING" };
};

const acceptPrimaryEmailUpdate: Served<
  AcceptPrimaryEmailUpdateCommandInput,
  AcceptPrimaryEmailUpdateCommandOutput
> = (context, input) => {
  const account = memberAccount(context, input.AccountId);
  const state = accountState(context.world, account);
  const update = state.emailUpdate;
  if (update === undefined || update.email !== input.PrimaryEmail) {
    throw notFound("There is no pending update of the primary e-mail address.");
  }
  if (update.code !== input.Otp) throw validationFailed("otp", "is not valid");
  recordOf(context, account).email = update.email;
  delete state.emailUpdate;
  return { Status: "ACCEPTED" };
};

/** The primary e-mail of an account is only read and changed for a member, never for oneself. */
function memberAccount(context: HandlerContext, accountId: string | undefined): string {
  if (accountId === undefined || accountId === context.caller.account) {
    throw accessDenied(context, accountId ?? context.caller.account);
  }
  return targetAccount(context, accountId);
}

function recordOf({ world }: HandlerContext, id: string): AccountRecord {
  const record = findAccount(world, id);
  if (record === undefined) throw notFound(`The account ${id} does not exist.`);
  return record;
}

function validEmail(email: string | undefined): string {
  const text = validText("primaryEmail", email, 64, /^[^\s@]+@[^\s@]+\.[^\s@]+$/);
  if (text.length < 5) {
    throw validationFailed("primaryEmail", "must have length greater than or equal to 5");
  }
  return text;
}

/** Operations on an account's name and e-mail. */
export const accountInformationHandlers: Readonly<Record<string, AnyHandler>> = {
  GetAccountInformation: getAccountInformation,
  PutAccountName: putAccountName,
  GetPrimaryEmail: getPrimaryEmail,
  StartPrimaryEmailUpdate: startPrimaryEmailUpdate,
  AcceptPrimaryEmailUpdate: acceptPrimaryEmailUpdate,
};
