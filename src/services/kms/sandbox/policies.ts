import type {
  GetKeyPolicyCommandInput,
  GetKeyPolicyCommandOutput,
  ListKeyPoliciesCommandInput,
  ListKeyPoliciesCommandOutput,
  PutKeyPolicyCommandInput,
  PutKeyPolicyCommandOutput,
} from "@aws-sdk/client-kms";
import { hasErrors } from "../../../core/diagnostic.ts";
import type { AccountId } from "../../../core/identifiers.ts";
import { compile, parsePolicy } from "../../../policy/index.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./served.ts";
import { findKey, findUsableKey } from "./state.ts";

/** The policy of a key for which none is given: IAM policies of its account decide. */
export function defaultKeyPolicy(account: AccountId): string {
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    },
    undefined,
    2,
  );
}

/** Longest key policy, in bytes. */
const maxPolicyBytes = 32_768;

/**
 * Checks a key policy: its form, and, unless it is bypassed, that the caller could still change it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export function validKeyPolicy(
  { caller, region }: HandlerContext,
  document: string,
  bypass: boolean,
): string {
  if (Buffer.byteLength(document) > maxPolicyBytes) {
    throw new ServiceError("LimitExceededException", "The key policy is too long");
  }
  const { policy, diagnostics } = parsePolicy(document, { type: "RESOURCE_POLICY" });
  if (policy === undefined || hasErrors(diagnostics)) {
    throw new ServiceError(
      "MalformedPolicyDocumentException",
      "Policy contains a statement with one or more invalid principals or is not valid JSON.",
    );
  }
  const decision = compile({ identity: everything(), resource: policy }).decide({
    principal: caller.principalArn,
    action: "kms:PutKeyPolicy",
    resource: `arn:aws:kms:${region}:${caller.account}:key/self`,
    // Of another account, so that the key policy itself must allow it.
    resourceAccount: "000000000000",
    context: { "aws:PrincipalArn": caller.principalArn, "aws:PrincipalAccount": caller.account },
  });
  if (!bypass && decision !== "allowed") {
    throw new ServiceError(
      "MalformedPolicyDocumentException",
      "The new key policy will not allow you to update the key policy in the future.",
    );
  }
  return document;
}

function everything(): NonNullable<ReturnType<typeof parsePolicy>["policy"]>[] {
  const text =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
  const { policy } = parsePolicy(text, { type: "IDENTITY_POLICY" });
  return policy === undefined ? [] : [policy];
}

const getKeyPolicy: Served<GetKeyPolicyCommandInput, GetKeyPolicyCommandOutput> = (
  context,
  input,
) => {
  if (input.PolicyName !== undefined && input.PolicyName !== "default") throw noSuchPolicy();
  return { Policy: findKey(context, input.KeyId).policy, PolicyName: "default" };
};

const putKeyPolicy: Served<PutKeyPolicyCommandInput, PutKeyPolicyCommandOutput> = (
  context,
  input,
) => {
  if (input.PolicyName !== undefined && input.PolicyName !== "default") throw noSuchPolicy();
  const key = findUsableKey(context, input.KeyId);
  const bypass = input.BypassPolicyLockoutSafetyCheck === true;
  key.policy = validKeyPolicy(context, input.Policy ?? "", bypass);
  return {};
};

const listKeyPolicies: Served<ListKeyPoliciesCommandInput, ListKeyPoliciesCommandOutput> = (
  context,
  input,
) => {
  findKey(context, input.KeyId);
  return { PolicyNames: ["default"], Truncated: false };
};

function noSuchPolicy(): ServiceError {
  return new ServiceError("NotFoundException", "No such policy exists");
}

/** Operations on key policies. */
export const keyPolicyHandlers: Readonly<Record<string, AnyHandler>> = {
  GetKeyPolicy: getKeyPolicy,
  PutKeyPolicy: putKeyPolicy,
  ListKeyPolicies: listKeyPolicies,
};
