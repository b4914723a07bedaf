import type { SandboxService } from "../../../sandbox/service.ts";
import { aggregatorHandlers } from "./aggregators.ts";
import { configAuthorization } from "./authorization.ts";
import { deliveryChannelHandlers } from "./delivery-channels.ts";
import { runDueRules } from "./evaluations.ts";
import { organizationPackHandlers } from "./organization-packs.ts";
import { organizationRuleHandlers } from "./organization-rules.ts";
import { recorderHandlers } from "./recorders.ts";
import { retentionHandlers } from "./retention.ts";
import { ruleHandlers } from "./rules.ts";

/** The sandbox's AWS Config: recorders, and an organization's rules, packs and aggregators. */
export const configSandbox: SandboxService = {
  id: "config",
  signingName: "config",
  targetPrefix: "StarlingDoveService",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-config-service"),
  handlers: {
    ...recorderHandlers,
    ...deliveryChannelHandlers,
    ...retentionHandlers,
    ...aggregatorHandlers,
    ...organizationRuleHandlers,
    ...organizationPackHandlers,
    ...ruleHandlers,
  },
  authorization: configAuthorization,
  settle: runDueRules,
};
