import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { trailsOf } from "../../cloudtrail/sandbox/state.ts";
import { iamState } from "../../iam/sandbox/state.ts";

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
