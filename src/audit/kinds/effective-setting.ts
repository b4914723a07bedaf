import type { Json } from "../../core/json.ts";
import type { ManagementPolicyType } from "../../core/policy-type.ts";
import { at } from "../read-state.ts";
import { fact, fail, notApplicable, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** A setting of a management policy that every account has to end up with. */
export interface EffectiveSetting {
  readonly type: ManagementPolicyType;
  readonly path: readonly string[];
  readonly isGood: (value: Json) => boolean;
  /** What holds, for sentences: `New sharing of images with everybody is blocked`. */
  readonly holds: string;
  /** Whether an account without policy is bad, or may have the setting of its own. */
  readonly without: "fail" | "unknown";
}

/** Computes the effective policy of every active account and looks at a setting of it. */
export function effectiveSetting(setting: EffectiveSetting): AuditRule["evaluate"] {
  const { type, path, isGood, holds, without } = setting;
  return (context) => {
    if (context.active.length === 0) return [notApplicable("there is no active account")];
    return context.active.map(({ id }): AuditResult => {
      const place = { account: id };
      const policy = context.effective(type, id);
      if (policy === undefined) {
        return unknown(
          `${context.whyUnread("policies")}, which the effective policy rests on`,
          place,
        );
      }
      const value = policy === null ? undefined : at(policy, ...path);
      if (value === undefined) {
        const why = `no policy of the organization says it for ${context.named(id)}`;
        return without === "fail"
          ? fail(`${capital(why)}.`, place, fact(path.join("."), null))
          : unknown(`${why}, and the account itself was not asked`, place);
      }
      return verdict(
        isGood(value),
        {
          pass: `${holds} in ${context.named(id)}.`,
          fail: `The effective policy of ${context.named(id)} says otherwise.`,
        },
        place,
        fact(path.join("."), value, "organizations:DescribeEffectivePolicy"),
      );
    });
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
