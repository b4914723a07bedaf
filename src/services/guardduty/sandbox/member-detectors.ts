import type {
  GetMemberDetectorsCommandInput,
  GetMemberDetectorsCommandOutput,
  MemberDataSourceConfiguration,
  MemberFeaturesConfigurationResult,
  UpdateMemberDetectorsCommandInput,
  UpdateMemberDetectorsCommandOutput,
} from "@aws-sdk/client-guardduty";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { dataSourcesOf, managedFor, ownDetector } from "./detectors.ts";
import { invalidValue, messages } from "./errors.ts";
import { readFeatures, readStatus, writeFeatures } from "./features.ts";
import { eachAccount, isAssociated, validBatch } from "./members.ts";
import { setFeatures } from "./relation.ts";
import type { Served } from "./served.ts";
import { regionState } from "./state.ts";

const getMemberDetectors: Served<
  GetMemberDetectorsCommandInput,
  GetMemberDetectorsCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const configurations: MemberDataSourceConfiguration[] = [];
  const { UnprocessedAccounts } = eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    const { detector } = regionState(world, id, region);
    if (member === undefined || detector === undefined || !isAssociated(member)) {
      return messages.unassociated;
    }
    const managed = managedFor(context, id);
    const UpdatedAt = new Date(detector.updatedAt);
    configurations.push({
      AccountId: id,
      DataSources: dataSourcesOf(detector.enabled, detector.features),
      Features: writeFeatures(detector.features, true, (Name, on, key) => ({
        Name,
        Status: on ? "ENABLED" : "DISABLED",
        UpdatedAt,
        ...(managed?.features[key] === undefined || key.includes("/")
          ? {}
          : { ManagedBy: "GUARDDUTY_POLICY" }),
      })) as MemberFeaturesConfigurationResult[],
    });
    return undefined;
  });
  return { MemberDataSourceConfigurations: configurations, UnprocessedAccounts };
};

const updateMemberDetectors: Served<
  UpdateMemberDetectorsCommandInput,
  UpdateMemberDetectorsCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const ids = validBatch(input.AccountIds);
  const features = readFeatures(input.Features, true, readStatus);
  if (Object.keys(features).length === 0 && input.DataSources === undefined) throw invalidValue();
  return eachAccount(ids, (id) => {
    const member = state.members?.get(id);
    const { detector } = regionState(world, id, region);
    if (member === undefined || detector === undefined || !isAssociated(member)) {
      return messages.unassociated;
    }
    const managed = managedFor(context, id);
    const isManaged = Object.keys(features).some((key) => managed?.features[key] !== undefined);
    if (isManaged) return messages.policyManaged;
    setFeatures(detector, features, world.clock.now());
    return undefined;
  });
};

/** Operations on members' detectors. */
export const memberDetectorHandlers: Readonly<Record<string, AnyHandler>> = {
  GetMemberDetectors: getMemberDetectors,
  UpdateMemberDetectors: updateMemberDetectors,
};
