import type { Json } from "../../core/json.ts";
import type { AuditContext } from "../context.ts";
import { at, textsAt } from "../read-state.ts";
import { fact, notApplicable, pass, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";
import { usesRegion } from "./regional.ts";

/** A setting of EC2 that accounts have in each Region, or that a declarative policy holds. */
export interface Ec2Setting {
  /** Its name in the state of EC2. */
  readonly setting: string;
  readonly operation: string;
  /** The member of the operation's answer. */
  readonly member: string;
  /** Where a declarative policy says it, below `ec2_attributes`; absent: none can. */
  readonly path?: readonly string[];
  /** Good values, in the words of the API; a policy has `_` in place of `-`. */
  readonly good: readonly (string | boolean)[];
  /** What holds, for sentences: `New sharing of images with everybody is blocked`. */
  readonly holds: string;
  /** Whether Config may have proven it instead: the state's `encrypted`. */
  readonly isProvenByConfig?: true;
}

const type = "DECLARATIVE_POLICY_EC2";

/**
 * Asks about every active account: by what the account itself said in a Region, else by the
 * effective declarative policy, which holds in all Regions. An account of which neither is known is
 * unknown.
 */
export function ec2Setting(setting: Ec2Setting): AuditRule["evaluate"] {
  return (context) => {
    if (context.active.length === 0) return [notApplicable("there is no active account")];
    const state = context.service("ec2");
    const values = at(state, "settings", setting.setting);
    const proven = new Set(setting.isProvenByConfig === true ? textsAt(state, "encrypted") : []);
    const regions = [...(context.snapshot.scope?.regions ?? [])].sort();
    return context.active.flatMap((account): readonly AuditResult[] => {
      const declared = byPolicy(context, setting, account.id);
      const own = regions
        .filter((region) => usesRegion(account, region))
        .map((region) => ({
          region,
          key: `${account.id}/${region}`,
          value: at(values, `${account.id}/${region}`, "value", setting.member),
        }));
      const isAsked = own.some(({ value, key }) => value !== undefined || proven.has(key));
      if (!isAsked) return [declared ?? nothing(context, setting, account.id)];
      return own.map(({ region, key, value }): AuditResult => {
        const place = { account: account.id, region };
        const name = `${context.named(account.id)} in ${region}`;
        if (value !== undefined) return judged(setting, value, name, place, setting.operation);
        if (proven.has(key)) {
          const source = "config:DescribeAggregateComplianceByConfigRules";
          const evidence = fact("compliance", "COMPLIANT", source);
          return pass(`${setting.holds} in ${name}.`, place, evidence);
        }
        if (declared !== undefined) return { ...declared, region };
        return unknown(context.whyUnread(`services/ec2/${key}/${setting.setting}`), place);
      });
    });
  };
}

function byPolicy(
  context: AuditContext,
  setting: Ec2Setting,
  account: string,
): AuditResult | undefined {
  const policy = setting.path === undefined ? undefined : context.effective(type, account);
  if (policy == null) return undefined;
  const value = at(policy, "ec2_attributes", ...(setting.path ?? []));
  if (value === undefined) return undefined;
  const source = "organizations:DescribeEffectivePolicy";
  return judged(setting, value, context.named(account), { account }, source);
}

function judged(
  { good, holds, member }: Ec2Setting,
  value: Json,
  name: string,
  place: { readonly account: string; readonly region?: string },
  source: string,
): AuditResult {
  const said = typeof value === "string" ? value.replaceAll("_", "-") : value;
  const words = { pass: `${holds} in ${name}.`, fail: `${name} has \`${String(said)}\`.` };
  return verdict(
    good.some((one) => one === said),
    words,
    place,
    fact(member, value, source),
  );
}

function nothing(context: AuditContext, { path, setting }: Ec2Setting, id: string): AuditResult {
  const place = { account: id };
  if (path !== undefined && context.effective(type, id) === undefined) {
    const why = `${context.whyUnread("policies")}, which the effective policy rests on`;
    return unknown(why, place);
  }
  const subject = `services/ec2/${id}`;
  if (context.gaps.below(subject).length > 0) return unknown(context.whyUnread(subject), place);
  const why =
    path === undefined
      ? `only ${context.named(id)} itself knows its \`${setting}\`, and it was not asked`
      : `no policy of the organization says it for ${context.named(id)}, and the account itself was not asked`;
  return unknown(why, place);
}
