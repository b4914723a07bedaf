import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { ApplyContext, ChangeHandler, Observation } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { inputTags, inputText } from "./input.ts";
import { unless } from "./unless.ts";

/** Organizational units: made, renamed in place, deleted. */
export const unitChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateOrganizationalUnit: {
    already: ["DuplicateOrganizationalUnitException"],
    observe: async (context, change) =>
      findUnit(context, inputText(change, "ParentId"), inputText(change, "Name")),
    write: async (context, change) => {
      const parentId = inputText(change, "ParentId");
      const tags = inputTags(change);
      const { OrganizationalUnit: unit } = await context.aws.call(
        "organizations",
        "CreateOrganizationalUnit",
        {
          ParentId: parentId,
          Name: inputText(change, "Name"),
          ...(tags.length === 0 ? {} : { Tags: tags }),
        },
        writeOptions(context, parentId),
      );
      return unit?.Id === undefined ? {} : { id: unit.Id };
    },
  },
  UpdateOrganizationalUnit: {
    already: ["DuplicateOrganizationalUnitException"],
    observe: async (context, change) => {
      const id = inputText(change, "OrganizationalUnitId");
      const name = await nameOf(context, id);
      return { facet: name === undefined ? null : { name }, id };
    },
    write: async (context, change) => {
      const id = inputText(change, "OrganizationalUnitId");
      await context.aws.call(
        "organizations",
        "UpdateOrganizationalUnit",
        { OrganizationalUnitId: id, Name: inputText(change, "Name") },
        writeOptions(context, id),
      );
      return { id };
    },
  },
  DeleteOrganizationalUnit: {
    already: ["OrganizationalUnitNotFoundException"],
    observe: async (context, change) => {
      const id = inputText(change, "OrganizationalUnitId");
      const name = await nameOf(context, id);
      const parentId = name === undefined ? undefined : await parentOf(context, id);
      return {
        facet: name === undefined || parentId === undefined ? null : { name, parentId },
        id,
      };
    },
    write: async (context, change) => {
      const id = inputText(change, "OrganizationalUnitId");
      await context.aws.call(
        "organizations",
        "DeleteOrganizationalUnit",
        { OrganizationalUnitId: id },
        writeOptions(context),
      );
      return {};
    },
  },
};

/** The parent of a unit or an account; `undefined` when there is no such child. */
export async function parentOf(context: ApplyContext, id: string): Promise<string | undefined> {
  const answer = await unless(["ChildNotFoundException"], () =>
    context.aws.call("organizations", "ListParents", { ChildId: id }, readOptions(context, id)),
  );
  return answer?.Parents?.[0]?.Id;
}

async function findUnit(
  context: ApplyContext,
  parentId: string,
  name: string,
): Promise<Observation> {
  const pages = context.aws.pages(
    "organizations",
    "ListOrganizationalUnitsForParent",
    { ParentId: parentId, MaxResults: organizationsQuotas.pageSize },
    readOptions(context, parentId),
  );
  for await (const { OrganizationalUnits = [] } of pages) {
    const unit = OrganizationalUnits.find(({ Name }) => Name === name);
    if (unit?.Id !== undefined) return { facet: { name, parentId }, id: unit.Id };
  }
  return { facet: null };
}

async function nameOf(context: ApplyContext, id: string): Promise<string | undefined> {
  const answer = await unless(["OrganizationalUnitNotFoundException"], () =>
    context.aws.call(
      "organizations",
      "DescribeOrganizationalUnit",
      { OrganizationalUnitId: id },
      readOptions(context, id),
    ),
  );
  return answer?.OrganizationalUnit?.Name;
}
