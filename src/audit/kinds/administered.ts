import type { Json, JsonObject } from "../../core/json.ts";
import type { AuditContext } from "../context.ts";
import { at, objectAt, textAt } from "../read-state.ts";
import { fact, fail, notApplicable, pass, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";
import { eachRegion, type RegionPlace, type ServiceId, unreadIn, usesRegion } from "./regional.ts";

/** A service that one account administers for the organization, Region by Region. */
export interface AdministeredService {
  readonly id: ServiceId;
  /** As AWS writes it. */
  readonly title: string;
  /** The call that names the administrator. */
  readonly operation: string;
}

/** Every Region has an administrator, and it is not the management account. */
export function hasAdministrator({
  id,
  title,
  operation,
}: AdministeredService): AuditRule["evaluate"] {
  return eachRegion(id, (context, { region, state }) => {
    const found = at(state, "administrator");
    if (found !== null && typeof found !== "string") {
      return [unreadIn(context, id, region, "administrator")];
    }
    const evidence = fact("administrator", found, operation);
    if (found === null) {
      return [fail(`${title} has no administrator in ${region}.`, { region }, evidence)];
    }
    const isManagement = found === context.organization.managementAccountId;
    return [
      verdict(
        !isManagement,
        {
          pass: `${context.named(found)} administers ${title} in ${region}.`,
          fail: `The management account itself administers ${title} in ${region}.`,
        },
        { region },
        evidence,
      ),
    ];
  });
}

/** One account administers all Regions. */
export function hasOneAdministrator({
  id,
  title,
  operation,
}: AdministeredService): AuditRule["evaluate"] {
  return (context) => {
    const regions = objectAt(context.service(id), "regions");
    const found = Object.values(regions ?? {}).map((state) => at(state, "administrator"));
    const names = [...new Set(found.filter((one) => typeof one === "string"))].sort();
    if (names.length > 1) {
      const list = names.map(context.named).join(", ");
      return [
        fail(
          `${title} has different administrators in different Regions: ${list}.`,
          {},
          fact("administrators", names, operation),
        ),
      ];
    }
    const gap = context.gaps.near(`services/${id}`);
    if (found.length === 0 || gap !== undefined || found.some((one) => one === undefined)) {
      return [unknown(context.whyUnread(`services/${id}`))];
    }
    const [only] = names;
    return only === undefined
      ? [notApplicable(`${title} has no administrator`)]
      : [
          pass(
            `${context.named(only)} administers ${title} wherever it has an administrator.`,
            {},
            fact("administrator", only, operation),
          ),
        ];
  };
}

/** A setting of the administrator in every Region where there is one. */
export function administratorSetting(
  service: AdministeredService,
  setting: {
    /** The last step of its path, for gaps: `organizationConfiguration`. */
    readonly subject: string;
    /** As evidence names it. */
    readonly what: string;
    readonly operation: string;
    readonly read: (state: JsonObject) => Json | undefined;
    readonly isGood: (value: Json) => boolean;
    readonly pass: (region: string) => string;
    readonly fail: (region: string) => string;
  },
): AuditRule["evaluate"] {
  return eachRegion(service.id, (context, place) => {
    const { region, state } = place;
    const without = withoutAdministrator(context, service, place);
    if (without !== undefined) return [without];
    const value = setting.read(state);
    if (value === undefined) return [unreadIn(context, service.id, region, setting.subject)];
    return [
      verdict(
        setting.isGood(value),
        { pass: setting.pass(region), fail: setting.fail(region) },
        { region },
        fact(setting.what, value, setting.operation),
      ),
    ];
  });
}

/** Every active account that may use a Region is covered there. */
export function membersCovered(
  service: AdministeredService,
  members: {
    readonly operation: string;
    /** Ids of the accounts that are covered; `undefined`: not read. */
    readonly covered: (state: JsonObject) => ReadonlySet<string> | undefined;
    /** `is not a member of GuardDuty's organization`, of an account. */
    readonly missing: string;
  },
): AuditRule["evaluate"] {
  return eachRegion(service.id, (context, place) => {
    const { region, state } = place;
    const without = withoutAdministrator(context, service, place);
    if (without !== undefined) return [without];
    const covered = members.covered(state);
    if (covered === undefined) return [unreadIn(context, service.id, region, "members")];
    const administrator = textAt(state, "administrator");
    const wanted = context.active.filter(
      (account) => account.id !== administrator && usesRegion(account, region),
    );
    const missing = wanted.filter(({ id }) => !covered.has(id));
    const evidence = fact("accounts covered", covered.size, members.operation);
    if (missing.length === 0) {
      const all = `All ${wanted.length} accounts beside the administrator are covered by ${service.title} in ${region}.`;
      return [pass(all, { region }, evidence)];
    }
    return missing.map(({ id }) =>
      fail(
        `${context.named(id)} ${members.missing} in ${region}.`,
        { account: id, region },
        evidence,
      ),
    );
  });
}

/** The result that stands for a Region without administrator; `undefined` where there is one. */
export function withoutAdministrator(
  context: AuditContext,
  { id, title, operation }: AdministeredService,
  { region, state }: RegionPlace,
): AuditResult | undefined {
  const administrator = at(state, "administrator");
  if (typeof administrator === "string") return undefined;
  if (administrator !== null) return unreadIn(context, id, region, "administrator");
  const evidence = fact("administrator", null, operation);
  return fail(`${title} has no administrator in ${region}.`, { region }, evidence);
}
