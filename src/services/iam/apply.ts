import type { Operation } from "../../aws/operations.ts";
import type { JsonObject } from "../../core/json.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import { changeHandler, placeOf } from "../kit/change-handler.ts";
import type { ChangeHandler } from "../service.ts";
import { readFeatures, readPasswordPolicy, readRootCredentials } from "./read.ts";
import type { RootCredentialsState } from "./state.ts";

/** The changes of IAM, by operation. */
export const iamChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableOrganizationsRootCredentialsManagement: feature(
    "EnableOrganizationsRootCredentialsManagement",
    "RootCredentialsManagement",
  ),
  DisableOrganizationsRootCredentialsManagement: feature(
    "DisableOrganizationsRootCredentialsManagement",
    "RootCredentialsManagement",
  ),
  EnableOrganizationsRootSessions: feature("EnableOrganizationsRootSessions", "RootSessions"),
  DisableOrganizationsRootSessions: feature("DisableOrganizationsRootSessions", "RootSessions"),
  UpdateAccountPasswordPolicy: changeHandler("iam", "UpdateAccountPasswordPolicy", {
    observe: ({ aws }, _, how) => readPasswordPolicy(aws, how),
  }),
  DeleteAccountPasswordPolicy: changeHandler("iam", "DeleteAccountPasswordPolicy", {
    observe: ({ aws }, _, how) => readPasswordPolicy(aws, how),
    already: ["NoSuchEntityException"],
  }),
  DeleteLoginProfile: rootRemoval("DeleteLoginProfile", ({ password }) => password),
  DeleteAccessKey: rootRemoval("DeleteAccessKey", ({ accessKeys }, { AccessKeyId: id }) =>
    accessKeys.includes(String(id)),
  ),
  DeleteSigningCertificate: rootRemoval(
    "DeleteSigningCertificate",
    ({ certificates }, { CertificateId: id }) => certificates.includes(String(id)),
  ),
  DeactivateMFADevice: rootRemoval(
    "DeactivateMFADevice",
    ({ mfaDevices }, { SerialNumber: serial }) => mfaDevices.includes(String(serial)),
  ),
};

function feature(operation: Operation<"iam">, name: string): ChangeHandler {
  return changeHandler("iam", operation, {
    observe: async ({ aws }, _, how) => ({
      enabled: (await readFeatures(aws, how)).includes(name),
    }),
    // Trusted access that was just given is not known everywhere at once.
    eventual: ["ServiceAccessNotEnabledException"],
  });
}

/** A change that takes a credential from a root user, by a session for that one task. */
function rootRemoval(
  operation:
    | "DeleteLoginProfile"
    | "DeleteAccessKey"
    | "DeleteSigningCertificate"
    | "DeactivateMFADevice",
  isPresent: (found: RootCredentialsState, input: JsonObject) => boolean,
): ChangeHandler {
  const rootTask = iamFacts.rootTasks.remove;
  return {
    observe: async (context, change) => {
      const how = { ...placeOf(context, change), rootTask };
      const found = await readRootCredentials(context.aws, how);
      return { facet: { present: isPresent(found, change.input) } };
    },
    write: async (context, change) => {
      const how = { ...placeOf(context, change), rootTask, finish: true, idempotent: false };
      await context.aws.call("iam", operation, change.input as never, how);
      return {};
    },
    already: ["NoSuchEntityException"],
  };
}
