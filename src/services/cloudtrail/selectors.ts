import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { FieldBlock, TrailBlock } from "./schema.ts";
import type { SelectorsState } from "./state.ts";

/** What a trail logs for which nothing was said. */
const everything: JsonObject = {
  ReadWriteType: "All",
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

const operators: Readonly<Record<keyof FieldBlock, string>> = {
  equals: "Equals",
  notEquals: "NotEquals",
  startsWith: "StartsWith",
  notStartsWith: "NotStartsWith",
  endsWith: "EndsWith",
  notEndsWith: "NotEndsWith",
};

/** The selectors that a block wants, in the API's form; `undefined`: it does not say. */
export function wantedSelectors(block: TrailBlock): JsonObject | undefined {
  const { eventSelectors: basic, advancedEventSelectors: advanced } = block;
  if (advanced !== undefined) {
    return normalSelectors({
      AdvancedEventSelectors: advanced.map(({ name, fields }) => ({
        ...(name === undefined ? {} : { Name: name }),
        FieldSelectors: Object.entries(fields).map(([field, values]) => ({
          Field: field,
          ...Object.fromEntries(
            Object.entries(values).flatMap(([operator, list]) =>
              list === undefined ? [] : [[operators[operator as keyof FieldBlock], list]],
            ),
          ),
        })),
      })),
    });
  }
  if (basic === undefined) return undefined;
  return normalSelectors({
    EventSelectors: basic.map((selector) => ({
      ReadWriteType: selector.readWrite,
      IncludeManagementEvents: selector.managementEvents,
      DataResources: (selector.dataResources ?? []).map(({ type, values }) => ({
        Type: type,
        Values: values,
      })),
      ExcludeManagementEventSources: selector.excludeEventSources ?? [],
    })),
  });
}

/** Selectors with their lists in one order, so that equal ones are equal texts. */
export function normalSelectors(selectors: SelectorsState): JsonObject {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = selectors;
  if (advanced !== undefined) return { AdvancedEventSelectors: sorted(advanced.map(inOrder)) };
  const given = basic === undefined || basic.length === 0 ? [everything] : basic;
  return { EventSelectors: sorted(given.map((one) => inOrder({ ...everything, ...one }))) };
}

/** Whether selectors let management events through. */
export function logsManagementEvents(selectors: JsonObject): boolean {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = selectors as SelectorsState;
  if (advanced === undefined) {
    return (basic ?? [everything]).some((one) => one.IncludeManagementEvents !== false);
  }
  return advanced.some((one) =>
    ((one.FieldSelectors ?? []) as JsonObject[]).some(
      ({ Field, Equals }) =>
        Field === "eventCategory" &&
        (Equals as readonly string[] | undefined)?.includes("Management"),
    ),
  );
}

function inOrder(selector: JsonObject): JsonObject {
  const members = Object.entries(selector).map(([name, value]) => [
    name,
    Array.isArray(value) ? sorted((value as readonly Json[]).map(deep)) : value,
  ]);
  return Object.fromEntries(members) as JsonObject;
}

function deep(value: Json): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? inOrder(value as JsonObject)
    : value;
}

function sorted<T extends Json>(values: readonly T[]): T[] {
  return [...values].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}
