import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { s3Settings } from "../../../data/s3-settings.ts";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import type { World } from "../../../sandbox/world.ts";
import { trailsOf } from "../../cloudtrail/sandbox/state.ts";
import { regionState } from "../../ec2/sandbox/state.ts";
import { iamState } from "../../iam/sandbox/state.ts";
import { effectiveBlock } from "../../s3/sandbox/control/public-access.ts";
import { systemsManagerSlot } from "../../ssm/sandbox/state.ts";

/** What a rule finds in an account and Region. */
export type Finding = "COMPLIANT" | "NON_COMPLIANT" | "NOT_APPLICABLE" | "INSUFFICIENT_DATA";

/** Evaluates a managed rule against the sandbox's own state. */
export type Evaluator = (
  world: World,
  account: AccountId,
  region: RegionName,
  parameters: Readonly<Record<string, string>>,
) => Finding;

/**
 * The managed rules that the sandbox evaluates, by identifier. Others have insufficient data, as
 * those of AWS have that never ran.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
export const evaluators: Readonly<Record<string, Evaluator>> = {
  IAM_PASSWORD_POLICY: (world, account, _region, parameters) => {
    const policy = iamState(world, account).passwordPolicy;
    if (policy === undefined) return "NON_COMPLIANT";
    const flags = [
      "RequireUppercaseCharacters",
      "RequireLowercaseCharacters",
      "RequireSymbols",
      "RequireNumbers",
    ];
    const isStrong =
      flags.every((flag) => parameters[flag] === "false" || policy[flag] === true) &&
      Number(policy.MinimumPasswordLength ?? 0) >= Number(parameters.MinimumPasswordLength ?? 14) &&
      Number(policy.PasswordReusePrevention ?? 0) >=
        Number(parameters.PasswordReusePrevention ?? 24) &&
      Number(policy.MaxPasswordAge ?? Number.POSITIVE_INFINITY) <=
        Number(parameters.MaxPasswordAge ?? 90);
    return isStrong ? "COMPLIANT" : "NON_COMPLIANT";
  },
  EC2_EBS_ENCRYPTION_BY_DEFAULT: (world, account, region) =>
    regionState(world, account, region).encryptsByDefault === true ? "COMPLIANT" : "NON_COMPLIANT",
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: (world, account, _region, parameters) => {
    const block = effectiveBlock(world, account);
    // Each parameter says what a member has to be; true when it is not given.
    const isBlocked = s3Settings.publicAccessMembers.every(
      (name) =>
        (block?.[name] ?? false) === ((parameters[name] ?? "true").toLowerCase() === "true"),
    );
    return isBlocked ? "COMPLIANT" : "NON_COMPLIANT";
  },
  SSM_AUTOMATION_BLOCK_PUBLIC_SHARING: (world, account, region) => {
    const { publicSharingSetting } = systemsManagerFacts;
    const { settings } = world.state(systemsManagerSlot, account, region);
    return settings?.get(publicSharingSetting)?.value === "Disable" ? "COMPLIANT" : "NON_COMPLIANT";
  },
  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: (world, account) => {
    const isSecure = trailsOf(world, account).some(
      ({ logging, settings, eventSelectors, advancedEventSelectors }) =>
        logging &&
        settings.multiRegion &&
        settings.globalServiceEvents &&
        settings.validation &&
        settings.kmsKeyArn !== undefined &&
        advancedEventSelectors === undefined &&
        (eventSelectors === undefined ||
          eventSelectors.some(
            (selector) =>
              selector.IncludeManagementEvents !== false &&
              (selector.ReadWriteType ?? "All") === "All" &&
              (selector.ExcludeManagementEventSources ?? []).length === 0,
          )),
    );
    return isSecure ? "COMPLIANT" : "NON_COMPLIANT";
  },
};
