import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import {
  type AuthorizationTarget,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import * as baselines from "./baselines.ts";
import { getDocument } from "./documents.ts";
import { invalid } from "./errors.ts";
import * as patchGroups from "./patch-groups.ts";
import * as settings from "./settings.ts";
import * as syncs from "./syncs.ts";
import * as tags from "./tags.ts";

const { hostManagementSetting } = systemsManagerFacts;

/** The sandbox's Systems Manager: service settings, patch baselines and resource data syncs. */
export const systemsManagerSandbox: SandboxService = {
  id: "ssm",
  signingName: "ssm",
  targetPrefix: "AmazonSSM",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-ssm"),
  handlers: {
    AddTagsToResource: tags.addTagsToResource,
    CreatePatchBaseline: baselines.createPatchBaseline,
    CreateResourceDataSync: syncs.createResourceDataSync,
    DeletePatchBaseline: baselines.deletePatchBaseline,
    DeleteResourceDataSync: syncs.deleteResourceDataSync,
    DeregisterPatchBaselineForPatchGroup: patchGroups.deregisterPatchGroup,
    DescribePatchBaselines: baselines.describePatchBaselines,
    DescribePatchGroups: patchGroups.describePatchGroups,
    GetDocument: getDocument,
    GetDefaultPatchBaseline: patchGroups.getDefaultPatchBaseline,
    GetPatchBaseline: baselines.getPatchBaseline,
    GetPatchBaselineForPatchGroup: patchGroups.getPatchGroup,
    GetServiceSetting: settings.getServiceSetting,
    ListResourceDataSync: syncs.listResourceDataSync,
    ListTagsForResource: tags.listTagsForResource,
    RegisterDefaultPatchBaseline: patchGroups.registerDefaultPatchBaseline,
    RegisterPatchBaselineForPatchGroup: patchGroups.registerPatchGroup,
    RemoveTagsFromResource: tags.removeTagsFromResource,
    ResetServiceSetting: settings.resetServiceSetting,
    UpdatePatchBaseline: baselines.updatePatchBaseline,
    UpdateResourceDataSync: syncs.updateResourceDataSync,
    UpdateServiceSetting: settings.updateServiceSetting,
  },
  authorization: targetsOf,
  invalidInput: (problems) => invalid(problems.join("; ")),
  throttled: () => new ServiceError("ThrottlingException", "Rate exceeded"),
};

/** The resource of a request, and the role that default host management passes on. */
function targetsOf(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, string | undefined>>;
  const arn = (rest: string): string =>
    rest.startsWith("arn:") ? rest : `arn:aws:ssm:${region}:${caller.account}:${rest}`;
  const { SettingId, BaselineId, SyncName, Name } = given;
  const resource =
    SettingId !== undefined
      ? arn(SettingId.startsWith("arn:") ? SettingId : `servicesetting${SettingId}`)
      : BaselineId !== undefined
        ? arn(BaselineId.startsWith("arn:") ? BaselineId : `patchbaseline/${BaselineId}`)
        : SyncName !== undefined
          ? arn(`resource-data-sync/${SyncName}`)
          : operation === "GetDocument"
            ? `arn:aws:ssm:${region}::document/${Name ?? ""}`
            : "*";
  const targets: AuthorizationTarget[] = [
    { action: `ssm:${operation}`, resource, resourceAccount: caller.account },
  ];
  if (operation === "UpdateServiceSetting" && SettingId?.endsWith(hostManagementSetting)) {
    targets.push({
      action: "iam:PassRole",
      resource: `arn:aws:iam::${caller.account}:role/${given.SettingValue ?? ""}`,
      context: { "iam:PassedToService": systemsManagerFacts.principal },
    });
  }
  const { SyncSource } = input as { SyncSource?: { SourceType?: string } };
  if (operation === "CreateResourceDataSync" && SyncSource?.SourceType === "AwsOrganizations") {
    const { discoveryPrincipal } = systemsManagerFacts;
    targets.push(...serviceLinkedRoleTargets(world, caller.account, discoveryPrincipal));
  }
  return targets;
}
