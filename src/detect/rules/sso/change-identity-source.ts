import { call, callers, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const names = [
  "AssociateDirectory",
  "DisassociateDirectory",
  "EnableExternalIdPConfigurationForDirectory",
  "DisableExternalIdPConfigurationForDirectory",
  "CreateExternalIdPConfigurationForDirectory",
  "DeleteExternalIdPConfigurationForDirectory",
  "UpdateExternalIdPConfigurationForDirectory",
  "DeleteExternalIdPCertificate",
  "ImportExternalIdPCertificate",
] as const;

/** Who vouches for the people of the organization, or how, changes. */
export const changeIdentitySource: DetectRule = {
  id: "sso/change-identity-source",
  title: "IAM Identity Center's identity source or settings change",
  severity: "high",
  why: "Who owns the identity source is anybody in every account.",
  remedy: "Put the identity source back, and end all sessions.",
  sources: [
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html",
  ],
  events: [
    ...events(
      "sso",
      ...names,
      "UpdateSSOConfiguration",
      "UpdateSsoConfiguration",
      "DeleteInstance",
    ),
    ...events("sso-directory", ...names),
  ],
  counts: "success",
  evaluate: (event) => {
    const thing = requestText(event, "directoryId") ?? requestText(event, "instanceArn");
    return {
      verb: ["change", "changed"],
      object: `IAM Identity Center (${event.eventName ?? "?"})`,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [
      call(
        "sso-directory",
        "EnableExternalIdPConfigurationForDirectory",
        { directoryId: "d-1234567890" },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
      call("sso", "UpdateSsoConfiguration", { configurationType: "SESSION" }),
    ],
    pass: [call("sso", "ListInstances", null)],
  },
};
