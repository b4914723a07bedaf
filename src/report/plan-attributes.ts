import type { Json, JsonObject } from "../core/json.ts";
import { isJsonObject } from "../core/json.ts";
import type { Change } from "../core/plan.ts";
import type { ChangeGroup } from "../core/plan-summary.ts";
import { facetDiff } from "./facet-diff.ts";
import type { PlanNames } from "./plan-names.ts";
import type { DiffLine } from "./policy-diff.ts";
import { policyDiff, policyOutline } from "./policy-diff.ts";
import { thingName } from "./thing-names.ts";

/** The lines that say what changes of the thing of a group, field by field. */
export function attributeLines(group: ChangeGroup, names: PlanNames): DiffLine[] {
  if (thingName(group.address) !== undefined) {
    return group.changes.flatMap(({ before, after }) => facetDiff(before, after, names));
  }
  if (group.effect === "replace") return replacement(group, names);
  return group.changes.flatMap((change) => linesOf(change, names));
}

function linesOf(change: Change, names: PlanNames): DiffLine[] {
  const { operation, input, before, after } = change;
  switch (operation) {
    case "CreateOrganizationalUnit":
      return [
        set("name", input.Name),
        { sign: "+", text: `parent = ${names.thing(input.ParentId)}` },
        ...tagLines(input.Tags),
      ];
    case "CreateAccount":
      return [
        set("name", input.AccountName),
        set("email", input.Email),
        ...(input.RoleName === undefined ? [] : [set("role", input.RoleName)]),
        ...(input.IamUserAccessToBilling === undefined
          ? []
          : [set("IAM user access to billing", input.IamUserAccessToBilling)]),
        ...tagLines(input.Tags),
      ];
    case "MoveAccount":
      return [
        {
          sign: "~",
          text: `parent = ${names.thing(input.SourceParentId)} -> ${names.thing(input.DestinationParentId)}`,
        },
      ];
    case "CloseAccount":
      return [changed("state", before?.state, after?.state)];
    case "CreatePolicy":
      return [
        set("type", input.Type),
        ...(input.Description === "" ? [] : [set("description", input.Description)]),
        ...policyOutline(text(input.Content)),
        ...tagLines(input.Tags),
      ];
    case "UpdatePolicy":
    case "PutResourcePolicy":
      return updated(change);
    case "TagResource":
    case "UntagResource":
      return tagDiff(before?.tags, after?.tags);
    case "PutAlternateContact":
    case "DeleteAlternateContact":
      return contactLines(change);
    default:
      return before !== null && after !== null ? memberDiff(before, after) : [];
  }
}

function replacement({ changes }: ChangeGroup, names: PlanNames): DiffLine[] {
  const made = changes.find(({ operation }) => operation === "CreateOrganizationalUnit");
  const gone = changes.find(({ operation }) => operation === "DeleteOrganizationalUnit");
  if (made === undefined || gone === undefined) {
    return changes.flatMap((change) => linesOf(change, names));
  }
  const oldParent = names.thing(gone.before?.parentId);
  const newParent = names.thing(made.input.ParentId);
  return [
    { sign: "~", text: `id     = ${text(gone.input.OrganizationalUnitId)} -> (known after apply)` },
    ...(gone.before?.name === made.input.Name
      ? []
      : [changed("name  ", gone.before?.name, made.input.Name)]),
    ...(oldParent === newParent
      ? []
      : [{ sign: "~" as const, text: `parent = ${oldParent} -> ${newParent}` }]),
  ];
}

function updated({ before, after }: Change): DiffLine[] {
  if (before === null) return policyOutline(text(after?.content));
  const lines = memberDiff({ ...before, content: null }, { ...after, content: null });
  const [was, is] = [text(before.content), text(after?.content)];
  return was === is ? lines : [...lines, ...policyDiff(was, is)];
}

function memberDiff(before: JsonObject, after: JsonObject): DiffLine[] {
  return Object.keys({ ...before, ...after })
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => changed(key, before[key], after[key]));
}

function tagLines(tags: Json | undefined): DiffLine[] {
  if (!Array.isArray(tags)) return [];
  return (tags as readonly Json[])
    .filter(isJsonObject)
    .map((tag) => ({ sign: "+", text: `tag ${text(tag.Key)} = ${JSON.stringify(tag.Value)}` }));
}

function tagDiff(before: Json | undefined, after: Json | undefined): DiffLine[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return Object.keys({ ...before, ...after }).map((key) => {
    const [was, is] = [before[key] ?? null, after[key] ?? null];
    if (was === null) return { sign: "+", text: `tag ${key} = ${JSON.stringify(is)}` };
    if (is === null) return { sign: "-", text: `tag ${key} = ${JSON.stringify(was)}` };
    return changed(`tag ${key}`, was, is);
  });
}

function contactLines({ input, before, after }: Change): DiffLine[] {
  const type = text(input.AlternateContactType).toLowerCase();
  const label = (key: string): string => `${type} contact ${key}`;
  if (before !== null && after !== null) {
    return memberDiff(before, after).map(({ sign, text: line }) => ({ sign, text: label(line) }));
  }
  const sign = before === null ? "+" : "-";
  return Object.entries(after ?? before ?? {}).map(([key, value]) => ({
    sign,
    text: `${label(key)} = ${JSON.stringify(value)}`,
  }));
}

function set(name: string, value: Json | undefined): DiffLine {
  return { sign: "+", text: `${name} = ${JSON.stringify(value ?? null)}` };
}

function changed(name: string, before: Json | undefined, after: Json | undefined): DiffLine {
  return {
    sign: "~",
    text: `${name} = ${JSON.stringify(before ?? null)} -> ${JSON.stringify(after ?? null)}`,
  };
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
