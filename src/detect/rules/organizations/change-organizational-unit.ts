import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A unit is deleted or renamed. */
export const changeOrganizationalUnit: DetectRule = {
  id: "organizations/change-organizational-unit",
  title: "An organizational unit is deleted or renamed",
  severity: "medium",
  levels: "Low when it is renamed.",
  why: "Deleting a unit means that its accounts were moved out of reach of its policies; renaming one breaks whatever finds it by name.",
  remedy: "Look for the MoveAccount events before it; `orgrail apply` makes the unit again.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html",
  ],
  events: events("organizations", "DeleteOrganizationalUnit", "UpdateOrganizationalUnit"),
  counts: "success",
  evaluate: (event, facts) => {
    const unit = requestText(event, "organizationalUnitId");
    const isDeleted = event.eventName === "DeleteOrganizationalUnit";
    const name = requestText(event, "name");
    return {
      severity: isDeleted ? "medium" : "low",
      verb: isDeleted ? ["delete", "deleted"] : ["rename", "renamed"],
      object: `${unit === undefined ? "an organizational unit" : facts.target(unit)}${isDeleted || name === undefined ? "" : ` to \`${name}\``}`,
      ...(unit === undefined ? {} : { resource: unit }),
    };
  },
  example: {
    hit: [
      organizationCall("DeleteOrganizationalUnit", { organizationalUnitId: example.workloads }),
      organizationCall("UpdateOrganizationalUnit", {
        organizationalUnitId: example.workloads,
        name: "Work",
      }),
    ],
    pass: [organizationCall("CreateOrganizationalUnit", { name: "Sandbox" })],
  },
};
