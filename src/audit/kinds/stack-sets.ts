import type { Json } from "../../core/json.ts";
import type { AuditContext } from "../context.ts";
import { objectAt, objectsAt, textAt } from "../read-state.ts";
import { notApplicable, type Place, unknown } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** Where the gap of a Region's list would be; of the home Region without one. */
function listOf(region: string | undefined): string {
  return `services/cloudformation/${region === undefined ? "" : `regions/${region}/`}stackSets`;
}

/** A stack set, as the file's are read or as a list tells of it. */
export interface StackSetPlace {
  readonly name: string;
  readonly place: Place;
  /** Where a gap about it would be. */
  readonly subject: string;
  /** Of one of the file's: all of it. */
  readonly whole?: Json;
  /** Of another: what the list says. */
  readonly listed?: Json;
}

/** Asks about every service-managed stack set: those that the file names, and all others. */
export function eachStackSet(
  evaluate: (context: AuditContext, found: StackSetPlace) => AuditResult,
): AuditRule["evaluate"] {
  return (context) => {
    const state = context.service("cloudformation");
    const named = objectAt(state, "stackSets");
    const others = objectsAt(state, "others");
    const subject = "services/cloudformation/stackSets";
    if (named === undefined && others === undefined) return [unknown(context.whyUnread(subject))];
    const found: AuditResult[] = [];
    for (const [name, whole] of Object.entries(named ?? {})) {
      const place = { resource: textAt(whole, "arn") ?? name };
      found.push(
        whole === null
          ? notApplicable(`there is no stack set \`${name}\``, place)
          : evaluate(context, { name, place, subject: `${subject}/${name}`, whole }),
      );
    }
    for (const listed of others ?? []) {
      if (textAt(listed, "model") !== "SERVICE_MANAGED") continue;
      const name = textAt(listed, "name") ?? "";
      const place = { resource: textAt(listed, "id") ?? name };
      const list = listOf(textAt(listed, "homeRegion"));
      found.push(evaluate(context, { name, place, subject: `${list}/${name}`, listed }));
    }
    if (context.gaps.has(subject)) found.push(unknown(context.whyUnread(subject)));
    for (const region of context.gaps.below("services/cloudformation/regions")) {
      const list = listOf(region);
      if (context.gaps.has(list)) found.push(unknown(context.whyUnread(list), { region }));
    }
    return found.length > 0 ? found : [notApplicable("there is no stack set of the organization")];
  };
}
