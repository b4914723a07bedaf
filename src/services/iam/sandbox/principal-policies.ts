import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import { noSuchEntity, validDocument, validName } from "./errors.ts";
import { page } from "./page.ts";
import { encodeDocument, findOwnRole, findRole } from "./roles.ts";
import { type IamState, iamState, managedPolicy, type PrincipalRecord } from "./state.ts";
import { findUser } from "./users.ts";

/** How many managed policies one role or user may have attached. */
const maxAttachedPolicies = 10;

/** The operations on policies of roles and of users differ in one word and in one member. */
interface Kind {
  readonly word: "Role" | "User";
  readonly find: (state: IamState, name: string | undefined) => PrincipalRecord;
  readonly findOwn: (state: IamState, name: string | undefined) => PrincipalRecord;
}

interface Input {
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: string;
  readonly PolicyArn?: string;
  readonly PermissionsBoundary?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

function handlersOf({ word, find, findOwn }: Kind): Record<string, AnyHandler> {
  const nameOf = (input: Input): string | undefined =>
    word === "Role" ? input.RoleName : input.UserName;
  const reading = ({ world, caller }: HandlerContext, input: Input): PrincipalRecord =>
    find(iamState(world, caller.account), nameOf(input));
  const changing = ({ world, caller }: HandlerContext, input: Input): PrincipalRecord =>
    findOwn(iamState(world, caller.account), nameOf(input));
  return {
    [`Put${word}Policy`]: (context: HandlerContext, input: Input) => {
      const principal = changing(context, input);
      const name = validName(input.PolicyName, "policyName", 128);
      principal.inlinePolicies.set(name, validDocument(input.PolicyDocument, "IDENTITY_POLICY"));
      return {};
    },
    [`Get${word}Policy`]: (context: HandlerContext, input: Input) => {
      const principal = reading(context, input);
      const document = principal.inlinePolicies.get(input.PolicyName ?? "");
      if (document === undefined) throw noInlinePolicy(word, input.PolicyName);
      return {
        [`${word}Name`]: principal.name,
        PolicyName: input.PolicyName,
        PolicyDocument: encodeDocument(document),
      };
    },
    [`List${word}Policies`]: (context: HandlerContext, input: Input) => {
      const names = [...reading(context, input).inlinePolicies.keys()].sort();
      const { items, ...rest } = page(names, input);
      return { PolicyNames: items, ...rest };
    },
    [`Delete${word}Policy`]: (context: HandlerContext, input: Input) => {
      const principal = changing(context, input);
      if (!principal.inlinePolicies.delete(input.PolicyName ?? "")) {
        throw noInlinePolicy(word, input.PolicyName);
      }
      return {};
    },
    [`Attach${word}Policy`]: (context: HandlerContext, input: Input) => {
      const principal = changing(context, input);
      const arn = existing(context, input.PolicyArn);
      if (
        !principal.attachedPolicies.has(arn) &&
        principal.attachedPolicies.size >= maxAttachedPolicies
      ) {
        throw new ServiceError(
          "LimitExceededException",
          `Cannot exceed quota for PoliciesPer${word}: ${maxAttachedPolicies}`,
          { httpStatus: 409 },
        );
      }
      principal.attachedPolicies.add(arn);
      return {};
    },
    [`Detach${word}Policy`]: (context: HandlerContext, input: Input) => {
      const principal = changing(context, input);
      if (!principal.attachedPolicies.delete(input.PolicyArn ?? "")) {
        throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      }
      return {};
    },
    [`ListAttached${word}Policies`]: (context: HandlerContext, input: Input) => {
      const arns = [...reading(context, input).attachedPolicies];
      const { items, ...rest } = page(arns, input);
      const policies = items.map((PolicyArn) => ({
        PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1),
        PolicyArn,
      }));
      return { AttachedPolicies: policies, ...rest };
    },
    [`Put${word}PermissionsBoundary`]: (context: HandlerContext, input: Input) => {
      changing(context, input).permissionsBoundary = existing(context, input.PermissionsBoundary);
      return {};
    },
    [`Delete${word}PermissionsBoundary`]: (context: HandlerContext, input: Input) => {
      delete changing(context, input).permissionsBoundary;
      return {};
    },
  };
}

function noInlinePolicy(word: string, name: string | undefined): ServiceError {
  return noSuchEntity(`The ${word.toLowerCase()} policy with name ${name} cannot be found.`);
}

function existing({ world, caller }: HandlerContext, arn: string | undefined): string {
  if (arn !== undefined && managedPolicy(iamState(world, caller.account), arn) !== undefined) {
    return arn;
  }
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}

/** Operations on the inline and managed policies of roles and users. */
export const principalPolicyHandlers: Readonly<Record<string, AnyHandler>> = {
  ...handlersOf({ word: "Role", find: findRole, findOwn: findOwnRole }),
  ...handlersOf({ word: "User", find: findUser, findOwn: findUser }),
};
