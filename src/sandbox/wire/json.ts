import type { Shape } from "./shape.ts";
import { formatTimestamp, readTimestamp } from "./timestamp.ts";

/** How a JSON protocol names members. */
export interface JsonOptions {
  /** Whether `jsonName` counts: it does in restJson1, not in awsJson. */
  readonly jsonName: boolean;
}

/** Collects what is wrong with an input: `path` such as `Tags[0].Key`. */
export type Report = (path: string, problem: string) => void;

/** Reads a JSON value by its shape. Unknown members are dropped, `null` is absence. */
export function fromJson(
  shape: Shape,
  value: unknown,
  options: JsonOptions,
  report: Report,
  path = "",
): unknown {
  const wrong = (expected: string): undefined => {
    report(path, `expected ${expected}`);
    return undefined;
  };
  switch (shape.kind) {
    case "unit":
      return undefined;
    case "structure": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return wrong("an object");
      }
      const source = value as Readonly<Record<string, unknown>>;
      const result: Record<string, unknown> = {};
      for (const { name, shape: member } of shape.members) {
        const wireName = (options.jsonName ? member.traits.jsonName : undefined) ?? name;
        const found = Object.hasOwn(source, wireName) ? source[wireName] : undefined;
        if (found === undefined || found === null) continue;
        const inner = path === "" ? name : `${path}.${name}`;
        result[name] = fromJson(member, found, options, report, inner);
      }
      return result;
    }
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      return value.map((entry, index) =>
        fromJson(shape.item, entry, options, report, `${path}[${index}]`),
      );
    case "map": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return wrong("a map");
      }
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [
          key,
          fromJson(shape.item, entry, options, report, `${path}.${key}`),
        ]),
      );
    }
    case "string":
      return typeof value === "string" ? value : wrong("a string");
    case "number":
      return typeof value === "number" ? value : wrong("a number");
    case "boolean":
      return typeof value === "boolean" ? value : wrong("a boolean");
    case "timestamp":
      return readTimestamp(value) ?? wrong("a timestamp");
    case "blob":
      return typeof value === "string" ? Buffer.from(value, "base64") : wrong("a base64 string");
    case "document":
      return value;
  }
}

/** Writes a value as JSON by its shape; members that are `undefined` or `null` are left out. */
export function toJson(shape: Shape, value: unknown, options: JsonOptions): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case "structure": {
      const source = value as Readonly<Record<string, unknown>>;
      const result: Record<string, unknown> = {};
      for (const { name, shape: member } of shape.members) {
        const found = source[name];
        if (found === undefined || found === null) continue;
        const wireName = (options.jsonName ? member.traits.jsonName : undefined) ?? name;
        result[wireName] = toJson(member, found, options);
      }
      return result;
    }
    case "list":
      return (value as readonly unknown[]).map((entry) => toJson(shape.item, entry, options));
    case "map":
      return Object.fromEntries(
        Object.entries(value as object).map(([key, entry]) => [
          key,
          toJson(shape.item, entry, options),
        ]),
      );
    case "timestamp":
      return formatTimestamp(value as Date, shape.timestampFormat ?? "epoch-seconds");
    case "blob":
      return Buffer.from(value as Uint8Array).toString("base64");
    default:
      return value;
  }
}
