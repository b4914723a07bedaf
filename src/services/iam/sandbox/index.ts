import type { SandboxService } from "../../../sandbox/service.ts";
import { accessKeyHandlers } from "./access-keys.ts";
import { accountSettingHandlers } from "./account-settings.ts";
import { iamAuthorization } from "./authorization.ts";
import { loginHandlers } from "./logins.ts";
import { managedPolicyHandlers } from "./managed-policies.ts";
import { hasRootSessions, organizationRootHandlers } from "./organization-root.ts";
import { principalPolicyHandlers } from "./principal-policies.ts";
import { managedPolicyDocument, principalView } from "./principal-view.ts";
import { roleHandlers } from "./roles.ts";
import { serviceLinkedRoleHandlers } from "./service-linked-role-operations.ts";
import { userHandlers } from "./users.ts";

/** The sandbox's AWS Identity and Access Management. */
export const iamSandbox: SandboxService = {
  id: "iam",
  signingName: "iam",
  protocol: "awsQuery",
  apiVersion: "2010-05-08",
  xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  sdk: () => import("@aws-sdk/client-iam"),
  handlers: {
    ...roleHandlers,
    ...principalPolicyHandlers,
    ...managedPolicyHandlers,
    ...serviceLinkedRoleHandlers,
    ...userHandlers,
    ...accessKeyHandlers,
    ...loginHandlers,
    ...accountSettingHandlers,
    ...organizationRootHandlers,
  },
  authorization: iamAuthorization,
  principalOf: principalView,
  managedPolicyOf: managedPolicyDocument,
  hasRootSessions,
};
