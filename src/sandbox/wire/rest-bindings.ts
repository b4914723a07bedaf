import type { Report } from "./json.ts";
import type { Member, Shape, TimestampFormat } from "./shape.ts";
import { formatTimestamp, readTimestamp } from "./timestamp.ts";
import type { RoutedRequest } from "./wire-service.ts";

/** Whether a member travels in the body as one of many, not in path, query, header or payload. */
export function isBodyMember({ shape: { traits } }: Member): boolean {
  return (
    traits.httpLabel === undefined &&
    traits.httpHeader === undefined &&
    traits.httpQuery === undefined &&
    traits.httpQueryParams === undefined &&
    traits.httpPrefixHeaders === undefined &&
    traits.httpResponseCode === undefined &&
    traits.httpPayload === undefined
  );
}

/** Reads the members of an input that travel in path, query and headers. */
export function readBindings(routed: RoutedRequest, report: Report): Record<string, unknown> {
  const { operation, request, labels } = routed;
  const input: Record<string, unknown> = {};
  for (const { name, shape } of operation.input.members) {
    const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders } = shape.traits;
    const read = (text: string, as: Shape = shape): unknown => readText(as, text, report, name);
    if (httpLabel === 1) {
      const label = labels[name];
      if (label !== undefined) input[name] = read(label);
    } else if (httpQuery !== undefined) {
      const values = request.query.filter(([key]) => key === httpQuery).map(([, value]) => value);
      const [first] = values;
      if (first === undefined) continue;
      input[name] =
        shape.kind === "list" ? values.map((value) => read(value, shape.item)) : read(first);
    } else if (httpHeader !== undefined) {
      const text = request.headers[httpHeader.toLowerCase()];
      if (text === undefined) continue;
      input[name] =
        shape.kind === "list"
          ? text.split(",").map((part) => read(part.trim(), shape.item))
          : read(text);
    } else if (httpPrefixHeaders !== undefined) {
      input[name] = prefixed(request.headers, httpPrefixHeaders);
    }
  }
  return input;
}

/** Writes the members of an output that travel in headers and the status. */
export function writeBindings(
  shape: Shape,
  output: Readonly<Record<string, unknown>>,
): { headers: Record<string, string>; status?: number } {
  const headers: Record<string, string> = {};
  let status: number | undefined;
  for (const { name, shape: member } of shape.members) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.traits;
    if (httpHeader !== undefined) headers[httpHeader.toLowerCase()] = headerText(member, value);
    if (httpResponseCode === 1) status = Number(value);
    if (httpPrefixHeaders !== undefined) {
      for (const [key, entry] of Object.entries(value)) {
        headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = String(entry);
      }
    }
  }
  return { headers, ...(status === undefined ? {} : { status }) };
}

/** The member that is the whole body, when there is one. */
export function payloadMember(shape: Shape): Member | undefined {
  return shape.members.find((member) => member.shape.traits.httpPayload === 1);
}

function prefixed(
  headers: Readonly<Record<string, string>>,
  prefix: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([key]) => key.startsWith(prefix.toLowerCase()))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

function readText(shape: Shape, text: string, report: Report, path: string): unknown {
  switch (shape.kind) {
    case "number": {
      const number = Number(text);
      if (!Number.isNaN(number)) return number;
      report(path, "expected a number");
      return undefined;
    }
    case "boolean":
      return text === "true";
    case "timestamp": {
      const date = readTimestamp(text);
      if (date === undefined) report(path, "expected a timestamp");
      return date;
    }
    case "blob":
      return Buffer.from(text, "base64");
    default:
      return text;
  }
}

function headerText(shape: Shape, value: unknown): string {
  if (shape.kind === "timestamp") {
    const format: TimestampFormat = shape.timestampFormat ?? "http-date";
    return String(formatTimestamp(value as Date, format));
  }
  if (shape.kind === "list") {
    return (value as readonly unknown[]).map((item) => headerText(shape.item, item)).join(", ");
  }
  return String(value);
}
