import type { SandboxService } from "../../../sandbox/service.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

/** The sandbox's AWS Security Token Service. */
export const stsSandbox: SandboxService = {
  id: "sts",
  signingName: "sts",
  protocol: "awsQuery",
  apiVersion: "2011-06-15",
  xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  sdk: () => import("@aws-sdk/client-sts"),
  handlers: { GetCallerIdentity: getCallerIdentity },
  openOperations: ["GetCallerIdentity", "GetSessionToken"],
};
