import type { JsonObject } from "../../../core/json.ts";
import { controls } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt, listAt, objectAt, objectsAt, textAt, textsAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** A trail of the organization records all management events. */
export const managementEvents: AuditRule = {
  id: "cloudtrail/management-events",
  title: "A trail of the organization records all management events",
  severity: "critical",
  why: "A trail with selectors that leave reads, writes or sources out is not the record that it seems.",
  remedy: "Record management events, reads and writes, of all sources.",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html",
  ],
  evaluate: (context) => {
    const results = eachTrail(context);
    // One trail that records everything is enough; others may record data alone.
    const good = results.filter(({ status }) => status === "pass");
    return good.length > 0 ? good : results;
  },
  breaks: {
    "services/cloudtrail/trails/0/selectors": {
      EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }],
    },
  },
};

const eachTrail = eachOrganizationTrail((context, found) => {
  const { trail, name, place } = found;
  const selectors = objectAt(trail, "selectors");
  if (selectors === undefined) return [unreadOfTrail(context, found, "selectors")];
  const words = {
    pass: `\`${name}\` records all management events.`,
    fail: `\`${name}\` does not record all management events.`,
  };
  const evidence = fact("selectors", selectors, "cloudtrail:GetEventSelectors");
  return [verdict(recordsAll(selectors), words, place, evidence)];
});

function recordsAll(selectors: JsonObject): boolean {
  const isWhole = (one: JsonObject): boolean =>
    flagAt(one, "IncludeManagementEvents") !== false &&
    (textAt(one, "ReadWriteType") ?? "All") === "All" &&
    (listAt(one, "ExcludeManagementEventSources") ?? []).length === 0;
  // A selector of more than the category leaves something out.
  const isAllManagement = (one: JsonObject): boolean => {
    const fields = objectsAt(one, "FieldSelectors") ?? [];
    return (
      fields.length === 1 &&
      textAt(fields[0], "Field") === "eventCategory" &&
      textsAt(fields[0], "Equals")?.includes("Management") === true
    );
  };
  return (
    (objectsAt(selectors, "EventSelectors") ?? []).some(isWhole) ||
    (objectsAt(selectors, "AdvancedEventSelectors") ?? []).some(isAllManagement)
  );
}
