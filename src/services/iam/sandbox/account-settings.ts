import type {
  CreateAccountAliasCommandInput,
  CreateAccountAliasCommandOutput,
  DeleteAccountAliasCommandInput,
  DeleteAccountAliasCommandOutput,
  DeleteAccountPasswordPolicyCommandInput,
  DeleteAccountPasswordPolicyCommandOutput,
  GetAccountPasswordPolicyCommandInput,
  GetAccountPasswordPolicyCommandOutput,
  GetAccountSummaryCommandInput,
  GetAccountSummaryCommandOutput,
  ListAccountAliasesCommandInput,
  ListAccountAliasesCommandOutput,
  UpdateAccountPasswordPolicyCommandInput,
  UpdateAccountPasswordPolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { accountsSlot } from "../../../sandbox/accounts.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { alreadyExists, noSuchEntity, validationError } from "./errors.ts";
import { loginOf, rootName } from "./login-state.ts";
import type { Served } from "./served.ts";
import { iamState } from "./state.ts";

const getAccountPasswordPolicy: Served<
  GetAccountPasswordPolicyCommandInput,
  GetAccountPasswordPolicyCommandOutput
> = ({ world, caller }) => {
  const { passwordPolicy } = iamState(world, caller.account);
  if (passwordPolicy === undefined) {
    throw noSuchEntity(`The Password Policy with domain name ${caller.account} cannot be found.`);
  }
  const maxAge = Number(passwordPolicy.MaxPasswordAge ?? 0);
  return {
    PasswordPolicy: {
      MinimumPasswordLength: Number(passwordPolicy.MinimumPasswordLength ?? 6),
      RequireSymbols: passwordPolicy.RequireSymbols === true,
      RequireNumbers: passwordPolicy.RequireNumbers === true,
      RequireUppercaseCharacters: passwordPolicy.RequireUppercaseCharacters === true,
      RequireLowercaseCharacters: passwordPolicy.RequireLowercaseCharacters === true,
      AllowUsersToChangePassword: passwordPolicy.AllowUsersToChangePassword === true,
      ExpirePasswords: maxAge > 0,
      ...(maxAge > 0 ? { MaxPasswordAge: maxAge } : {}),
      ...(passwordPolicy.PasswordReusePrevention === undefined
        ? {}
        : { PasswordReusePrevention: Number(passwordPolicy.PasswordReusePrevention) }),
      ...(passwordPolicy.HardExpiry === undefined
        ? {}
        : { HardExpiry: passwordPolicy.HardExpiry === true }),
    },
  };
};

/** Ranges of the numbers of a password policy. */
const passwordPolicyRanges: Readonly<Record<string, readonly [number, number]>> = {
  MinimumPasswordLength: [6, 128],
  MaxPasswordAge: [1, 1095],
  PasswordReusePrevention: [1, 24],
};

const updateAccountPasswordPolicy: Served<
  UpdateAccountPasswordPolicyCommandInput,
  UpdateAccountPasswordPolicyCommandOutput
> = ({ world, caller }, input) => {
  for (const [member, [least, most]] of Object.entries(passwordPolicyRanges)) {
    const value = (input as Readonly<Record<string, unknown>>)[member];
    if (typeof value === "number" && (value < least || value > most)) {
      throw validationError(
        `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value between ${least} and ${most}`,
      );
    }
  }
  // What an update does not name falls back to its default; it does not keep its value.
  iamState(world, caller.account).passwordPolicy = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as Record<string, number | boolean>;
  return {};
};

const deleteAccountPasswordPolicy: Served<
  DeleteAccountPasswordPolicyCommandInput,
  DeleteAccountPasswordPolicyCommandOutput
> = ({ world, caller }) => {
  const state = iamState(world, caller.account);
  if (state.passwordPolicy === undefined) {
    throw noSuchEntity("The account policy with name PasswordPolicy cannot be found.");
  }
  delete state.passwordPolicy;
  return {};
};

const createAccountAlias: Served<
  CreateAccountAliasCommandInput,
  CreateAccountAliasCommandOutput
> = ({ world, caller }, input) => {
  const alias = input.AccountAlias ?? "";
  if (!/^[a-z0-9](([a-z0-9]|-(?!-)){1,61}[a-z0-9])$/.test(alias)) {
    throw validationError(
      "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
    );
  }
  if (ownerOfAlias(world, alias) !== undefined) {
    throw alreadyExists("The account alias", alias);
  }
  iamState(world, caller.account).alias = alias;
  return {};
};

const listAccountAliases: Served<
  ListAccountAliasesCommandInput,
  ListAccountAliasesCommandOutput
> = ({ world, caller }) => {
  const { alias } = iamState(world, caller.account);
  return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
};

const deleteAccountAlias: Served<
  DeleteAccountAliasCommandInput,
  DeleteAccountAliasCommandOutput
> = ({ world, caller }, input) => {
  const state = iamState(world, caller.account);
  if (state.alias !== input.AccountAlias) {
    throw noSuchEntity(`The account alias with name ${input.AccountAlias} cannot be found.`);
  }
  delete state.alias;
  return {};
};

const getAccountSummary: Served<GetAccountSummaryCommandInput, GetAccountSummaryCommandOutput> = ({
  world,
  caller,
}) => {
  const { roles, users, policies } = iamState(world, caller.account);
  const root = loginOf(world, caller.account, rootName);
  return {
    SummaryMap: {
      Users: users.size,
      UsersQuota: 5000,
      Roles: roles.size,
      RolesQuota: 1000,
      Policies: policies.size,
      PoliciesQuota: 1500,
      Groups: 0,
      GroupsQuota: 300,
      MFADevices: 0,
      MFADevicesInUse: 0,
      AccountMFAEnabled: root.mfaDevices.size > 0 ? 1 : 0,
      AccountAccessKeysPresent: root.accessKeyIds.length > 0 ? 1 : 0,
      AccountPasswordPresent: root.passwordSetAt === undefined ? 0 : 1,
      AccountSigningCertificatesPresent: root.certificates.size > 0 ? 1 : 0,
      AccessKeysPerUserQuota: 2,
      AttachedPoliciesPerRoleQuota: 10,
      AttachedPoliciesPerUserQuota: 10,
    },
  };
};

/** An alias is unique in all of AWS. */
function ownerOfAlias(world: World, alias: string): string | undefined {
  const accounts = [...world.state(accountsSlot).byId.keys()];
  return accounts.find((account) => iamState(world, account).alias === alias);
}

/** Operations on an account's settings. */
export const accountSettingHandlers: Readonly<Record<string, AnyHandler>> = {
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
  CreateAccountAlias: createAccountAlias,
  ListAccountAliases: listAccountAliases,
  DeleteAccountAlias: deleteAccountAlias,
  GetAccountSummary: getAccountSummary,
};
