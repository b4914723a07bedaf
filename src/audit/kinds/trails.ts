import type { JsonObject } from "../../core/json.ts";
import type { AuditContext } from "../context.ts";
import { flagAt, objectAt, objectsAt, textAt } from "../read-state.ts";
import { fail, notApplicable, pass, unknown } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** A trail with its settings. */
export interface TrailPlace {
  readonly trail: JsonObject;
  readonly settings: JsonObject;
  readonly name: string;
  readonly place: { readonly resource: string; readonly region?: string };
}

/** Asks about every trail of the organization; where there is none, that is what fails. */
export function eachOrganizationTrail(
  evaluate: (context: AuditContext, found: TrailPlace) => readonly AuditResult[],
): AuditRule["evaluate"] {
  return eachTrail(true, evaluate);
}

/** Asks about every trail of the management account that is not the organization's. */
export function eachLocalTrail(
  evaluate: (context: AuditContext, found: TrailPlace) => readonly AuditResult[],
): AuditRule["evaluate"] {
  return eachTrail(false, evaluate);
}

function eachTrail(
  isOrganization: boolean,
  evaluate: (context: AuditContext, found: TrailPlace) => readonly AuditResult[],
): AuditRule["evaluate"] {
  return (context) => {
    const trails = objectsAt(context.service("cloudtrail"), "trails");
    if (trails === undefined) return [unknown(context.whyUnread("services/cloudtrail/trails"))];
    const results = trails.flatMap((trail): readonly AuditResult[] => {
      const name = textAt(trail, "name") ?? "";
      const region = textAt(trail, "homeRegion");
      const place = {
        resource: textAt(trail, "arn") ?? name,
        ...(region === undefined ? {} : { region }),
      };
      const settings = objectAt(trail, "settings");
      const kind = flagAt(settings, "IsOrganizationTrail");
      if (settings === undefined || kind === undefined) {
        return [unknown(context.whyUnread(`services/cloudtrail/trails/${name}`), place)];
      }
      return kind === isOrganization ? evaluate(context, { trail, settings, name, place }) : [];
    });
    if (results.length > 0) return results;
    return [
      isOrganization
        ? fail("The organization has no trail.")
        : pass("The management account has no trail beside the organization's."),
    ];
  };
}

/** What holds where trails were read and none is the organization's: it has no bucket and no key. */
export function withoutOrganizationTrail(context: AuditContext): AuditResult | undefined {
  const trails = objectsAt(context.service("cloudtrail"), "trails");
  const isNone = trails?.every((one) => flagAt(one, "settings", "IsOrganizationTrail") === false);
  return isNone === true ? notApplicable("the organization has no trail") : undefined;
}

/** A member of a trail that was not read. */
export function unreadOfTrail(
  context: AuditContext,
  { name, place }: TrailPlace,
  subject: string,
): AuditResult {
  return unknown(context.whyUnread(`services/cloudtrail/trails/${name}/${subject}`), place);
}
