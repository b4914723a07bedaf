import { type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { settleGuardDuty } from "./administration.ts";
import { guardDutyAuthorization } from "./authorization.ts";
import { detectorHandlers } from "./detectors.ts";
import { invalidValue } from "./errors.ts";
import { filterHandlers } from "./filters.ts";
import { invitationHandlers } from "./invitations.ts";
import { listHandlers } from "./lists.ts";
import { memberDetectorHandlers } from "./member-detectors.ts";
import { memberHandlers } from "./members.ts";
import { organizationHandlers } from "./organization.ts";
import { publishingHandlers } from "./publishing.ts";
import { tagHandlers } from "./tags.ts";

/** The sandbox's Amazon GuardDuty. */
export const guardDutySandbox: SandboxService = {
  id: "guardduty",
  signingName: "guardduty",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-guardduty"),
  handlers: {
    ...detectorHandlers,
    ...organizationHandlers,
    ...memberHandlers,
    ...memberDetectorHandlers,
    ...invitationHandlers,
    ...listHandlers,
    ...publishingHandlers,
    ...filterHandlers,
    ...tagHandlers,
  },
  authorization: guardDutyAuthorization,
  invalidInput: () => invalidValue(),
  throttled: () =>
    new ServiceError("TooManyRequestsException", "Too Many Requests", { httpStatus: 429 }),
  settle: settleGuardDuty,
};
