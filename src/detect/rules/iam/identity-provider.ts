import { call } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Who vouches for users of this account changes. */
export const identityProvider: DetectRule = {
  id: "iam/identity-provider",
  title: "An identity provider is made, changed or deleted",
  severity: "high",
  why: "Who owns the identity provider signs in as anybody.",
  remedy:
    "Delete or restore the provider, and look at AssumeRoleWithSAML and AssumeRoleWithWebIdentity since.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html"],
  events: events(
    "iam",
    "CreateSAMLProvider",
    "UpdateSAMLProvider",
    "DeleteSAMLProvider",
    "CreateOpenIDConnectProvider",
    "DeleteOpenIDConnectProvider",
    "UpdateOpenIDConnectProviderThumbprint",
    "AddClientIDToOpenIDConnectProvider",
  ),
  counts: "success",
  evaluate: (event) => {
    // IAM Identity Center makes a provider in every account that it gives access to.
    if (callerOf(event).service === "sso.amazonaws.com") return undefined;
    const name =
      requestText(event, "sAMLProviderArn") ??
      requestText(event, "openIDConnectProviderArn") ??
      requestText(event, "name") ??
      requestText(event, "url");
    const isCreate = event.eventName?.startsWith("Create") === true;
    const isDelete = event.eventName?.startsWith("Delete") === true;
    return {
      verb: isCreate ? ["make", "made"] : isDelete ? ["delete", "deleted"] : ["change", "changed"],
      object: `the identity provider ${name ?? "(not named)"}`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("iam", "CreateSAMLProvider", { name: "evil" }),
      call("iam", "UpdateOpenIDConnectProviderThumbprint", {
        openIDConnectProviderArn: "arn:aws:iam::333333333333:oidc-provider/ci.example.com",
      }),
    ],
    pass: [
      call(
        "iam",
        "CreateSAMLProvider",
        { name: "AWSSSO_1234_DO_NOT_DELETE" },
        { userIdentity: { type: "AWSService", invokedBy: "sso.amazonaws.com" } },
      ),
    ],
  },
};
