import { configConfigurationRecorder } from "../../../config/sandbox/resources/configuration-recorder.ts";
import { configDeliveryChannel } from "../../../config/sandbox/resources/delivery-channel.ts";
import { quickSetupConfigurationManager } from "../../../ssm/sandbox/resources/configuration-manager.ts";
import { iamManagedPolicy } from "./iam-managed-policy.ts";
import { iamRole } from "./iam-role.ts";
import { opaqueResource } from "./opaque.ts";
import type { ResourceProvider } from "./provider.ts";

const providers: Readonly<Record<string, ResourceProvider>> = Object.fromEntries(
  [
    iamRole,
    iamManagedPolicy,
    configConfigurationRecorder,
    configDeliveryChannel,
    quickSetupConfigurationManager,
  ].map((provider) => [provider.type, provider]),
);

/** What makes the resources of a type. */
export function providerOf(type: string): ResourceProvider {
  return providers[type] ?? opaqueResource(type);
}
