import { AppError } from "../../core/app-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { type AlternateContactType, alternateContactTypes } from "../../core/snapshot.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { type AccountTarget, accountInput, readContact } from "./contacts.ts";

/** PutAlternateContact and DeleteAlternateContact: the facet is the contact, or `null`. */
export const contactChanges: Readonly<Record<string, ChangeHandler>> = {
  PutAlternateContact: {
    observe,
    write: async (context, change) => {
      const { target, type } = contactOf(context, change);
      const { Name, Title, EmailAddress, PhoneNumber } = change.input;
      await context.aws.call(
        "account",
        "PutAlternateContact",
        {
          ...accountInput(target),
          AlternateContactType: type,
          Name: String(Name),
          Title: String(Title),
          EmailAddress: String(EmailAddress),
          PhoneNumber: String(PhoneNumber),
        },
        optionsOf(context, target, true),
      );
      return {};
    },
  },
  DeleteAlternateContact: {
    observe,
    write: async (context, change) => {
      const { target, type } = contactOf(context, change);
      await context.aws.call(
        "account",
        "DeleteAlternateContact",
        { ...accountInput(target), AlternateContactType: type },
        optionsOf(context, target, false),
      );
      return {};
    },
  },
};

async function observe(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<{ facet: JsonObject | null }> {
  const { target, type } = contactOf(context, change);
  const contact = await readContact(context.aws, target, type, optionsOf(context, target, true));
  return { facet: contact === null ? null : { ...contact } };
}

function contactOf(
  context: ApplyContext,
  change: ResolvedChange,
): { target: AccountTarget; type: AlternateContactType } {
  const { AlternateContactType: given } = change.input;
  const type = alternateContactTypes.find((known) => known === given);
  if (type === undefined) {
    throw new AppError("ORGRAIL4106", `\`${change.id}\` names no type of alternate contact`);
  }
  // An account that leaves its own id out means itself.
  const { AccountId: account = context.callerAccount } = change.input;
  return { target: { account: String(account), callerAccount: context.callerAccount }, type };
}

/** A new account is not known to Account Management at once. */
function optionsOf(
  context: ApplyContext,
  target: AccountTarget,
  idempotent: boolean,
): { signal?: AbortSignal; eventual: string[]; idempotent: boolean; about: string } {
  return {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    eventual: context.made.has(target.account)
      ? ["AccessDeniedException", "ValidationException"]
      : [],
    idempotent,
    about: target.account,
  };
}
