import { type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { accountInformationHandlers } from "./account-information.ts";
import { contactHandlers } from "./contacts.ts";
import { regionHandlers } from "./region-operations.ts";
import { seedAccounts } from "./seed.ts";
import { regionStatus } from "./state.ts";
import { accountAuthorization } from "./target.ts";

/** The sandbox's AWS Account Management. */
export const accountSandbox: SandboxService = {
  id: "account",
  signingName: "account",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-account"),
  handlers: { ...contactHandlers, ...regionHandlers, ...accountInformationHandlers },
  authorization: accountAuthorization,
  throttled: () =>
    new ServiceError("TooManyRequestsException", "Too many requests", { httpStatus: 429 }),
  isRegionEnabled: (world, account, region) => {
    const status = regionStatus(world, account, region);
    // A Region that AWS opened after our list was made is not refused.
    return status !== "DISABLED" && status !== "ENABLING";
  },
  seed: seedAccounts,
};
