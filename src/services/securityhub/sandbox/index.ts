import { type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { administratorHandlers } from "./administrators.ts";
import { aggregatorHandlers } from "./aggregators.ts";
import { associationHandlers } from "./associations.ts";
import { securityHubAuthorization } from "./authorization.ts";
import { configurationPolicyHandlers } from "./configuration-policies.ts";
import { invalidShape } from "./errors.ts";
import { findingHandlers } from "./findings.ts";
import { hubHandlers } from "./hub-operations.ts";
import { memberHandlers } from "./members.ts";
import { organizationConfigurationHandlers } from "./organization-configuration.ts";
import { standardHandlers } from "./standards.ts";
import { tagHandlers } from "./tags.ts";
import { v2Handlers } from "./v2.ts";

/** The sandbox's AWS Security Hub, CSPM and V2. */
export const securityHubSandbox: SandboxService = {
  id: "securityhub",
  signingName: "securityhub",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-securityhub"),
  handlers: {
    ...hubHandlers,
    ...administratorHandlers,
    ...organizationConfigurationHandlers,
    ...memberHandlers,
    ...aggregatorHandlers,
    ...configurationPolicyHandlers,
    ...associationHandlers,
    ...standardHandlers,
    ...findingHandlers,
    ...v2Handlers,
    ...tagHandlers,
  },
  authorization: securityHubAuthorization,
  invalidInput: invalidShape,
  throttled: () =>
    new ServiceError("TooManyRequestsException", "Too Many Requests", { httpStatus: 429 }),
};
