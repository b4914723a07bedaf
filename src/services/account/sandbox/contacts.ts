import type {
  ContactInformation,
  DeleteAlternateContactCommandInput,
  DeleteAlternateContactCommandOutput,
  GetAlternateContactCommandInput,
  GetAlternateContactCommandOutput,
  GetContactInformationCommandInput,
  GetContactInformationCommandOutput,
  PutAlternateContactCommandInput,
  PutAlternateContactCommandOutput,
  PutContactInformationCommandInput,
  PutContactInformationCommandOutput,
} from "@aws-sdk/client-account";
import { alternateContactTypes } from "../../../core/snapshot.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { notFound, validationFailed, validText } from "./errors.ts";
import type { Served } from "./served.ts";
import { accountState } from "./state.ts";
import { targetAccount } from "./target.ts";

const emailPattern = /^\s*[\w+=.#|!&-]+@[\w.-]+\.\w+\s*$/;
const phonePattern = /^[\s0-9()+-]+$/;

const getAlternateContact: Served<
  GetAlternateContactCommandInput,
  GetAlternateContactCommandOutput
> = (context, input) => {
  const type = validType(input.AlternateContactType);
  const account = targetAccount(context, input.AccountId);
  const contact = accountState(context.world, account).contacts.get(type);
  if (contact === undefined) throw noContact(type);
  return {
    AlternateContact: {
      AlternateContactType: type,
      Name: contact.name,
      Title: contact.title,
      EmailAddress: contact.emailAddress,
      PhoneNumber: contact.phoneNumber,
    },
  };
};

const putAlternateContact: Served<
  PutAlternateContactCommandInput,
  PutAlternateContactCommandOutput
> = (context, input) => {
  const type = validType(input.AlternateContactType);
  const contact = {
    name: validText("name", input.Name, 64),
    title: validText("title", input.Title, 50),
    emailAddress: validText("emailAddress", input.EmailAddress, 254, emailPattern).trim(),
    phoneNumber: validText("phoneNumber", input.PhoneNumber, 25, phonePattern),
  };
  const account = targetAccount(context, input.AccountId);
  accountState(context.world, account).contacts.set(type, contact);
  return {};
};

const deleteAlternateContact: Served<
  DeleteAlternateContactCommandInput,
  DeleteAlternateContactCommandOutput
> = (context, input) => {
  const type = validType(input.AlternateContactType);
  const account = targetAccount(context, input.AccountId);
  if (!accountState(context.world, account).contacts.delete(type)) throw noContact(type);
  return {};
};

const getContactInformation: Served<
  GetContactInformationCommandInput,
  GetContactInformationCommandOutput
> = (context, input) => {
  const account = targetAccount(context, input.AccountId);
  const { contactInformation } = accountState(context.world, account);
  if (contactInformation === undefined) throw notFound("No contact information found.");
  return { ContactInformation: contactInformation };
};

const putContactInformation: Served<
  PutContactInformationCommandInput,
  PutContactInformationCommandOutput
> = (context, input) => {
  const given = input.ContactInformation;
  const account = targetAccount(context, input.AccountId);
  accountState(context.world, account).contactInformation = {
    ...given,
    AddressLine1: validText("addressLine1", given?.AddressLine1, 60),
    City: validText("city", given?.City, 50),
    CountryCode: validText("countryCode", given?.CountryCode, 2, /^[A-Z]{2}$/),
    FullName: validText("fullName", given?.FullName, 50),
    PhoneNumber: validText("phoneNumber", given?.PhoneNumber, 20, /^[+][\s0-9()-]+$/),
    PostalCode: validText("postalCode", given?.PostalCode, 20),
  } satisfies ContactInformation;
  return {};
};

function validType(type: string | undefined): (typeof alternateContactTypes)[number] {
  const found = alternateContactTypes.find((candidate) => candidate === type);
  if (found !== undefined) return found;
  throw validationFailed(
    "alternateContactType",
    `must satisfy enum value set: [${alternateContactTypes.join(", ")}]`,
  );
}

function noContact(type: string): Error {
  return notFound(`No contact of the inputted alternate contact type found: ${type}`);
}

/** Operations on contacts. */
export const contactHandlers: Readonly<Record<string, AnyHandler>> = {
  GetAlternateContact: getAlternateContact,
  PutAlternateContact: putAlternateContact,
  DeleteAlternateContact: deleteAlternateContact,
  GetContactInformation: getContactInformation,
  PutContactInformation: putContactInformation,
};
