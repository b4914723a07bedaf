import type { WireRequest } from "./message.ts";
import type { Operation } from "./shape.ts";
import type { RoutedRequest, WireService } from "./wire-service.ts";

/** A query parameter that only tells operations apart for those who send it. */
const hintParameter = "x-id";

/** How well an operation's address fits a request; the best fit wins, part by part. */
type Fit = readonly [literalSegments: number, constraints: number, served: number];

/**
 * Finds the operation whose HTTP binding fits a request best. A query literal, a required query
 * parameter and a required header must be there; the more of them, the better the fit.
 */
export function routeRest(wire: WireService, request: WireRequest): RoutedRequest | string {
  const { path, labels: addressed } = wire.service.address?.(request) ?? {
    path: request.path,
    labels: {},
  };
  let best: { fit: Fit; routed: RoutedRequest } | undefined;
  for (const operation of wire.operations.values()) {
    const [method, uri] = operation.traits.http ?? [];
    if (method !== request.method || uri === undefined) continue;
    const [template = "", literals = ""] = uri.split("?");
    const matched = matchPath(template, path);
    if (matched === undefined) continue;
    const labels = { ...matched.labels, ...addressed };
    if (!sameLabels(operation, labels)) continue;
    const constraints = matchConstraints(operation, literals, request);
    if (constraints === undefined) continue;
    const served = Object.hasOwn(wire.service.handlers, operation.name) ? 1 : 0;
    const fit: Fit = [matched.literals, constraints, served];
    if (best === undefined || isBetter(fit, best.fit)) {
      best = { fit, routed: { operation, request, labels } };
    }
  }
  return best?.routed ?? `${request.method} ${path}`;
}

/** Matches a path with a template such as `/detector/{DetectorId}` or `/{Key+}`. */
function matchPath(
  template: string,
  path: string,
): { literals: number; labels: Record<string, string> } | undefined {
  const wanted = template.split("/").slice(1);
  const given = path.split("/").slice(1);
  const labels: Record<string, string> = {};
  let literals = 0;
  for (const [index, part] of wanted.entries()) {
    const label = /^\{(\w+)(\+?)\}$/.exec(part);
    if (label === null) {
      if (given[index] !== part) return undefined;
      literals += 1;
      continue;
    }
    const [, name = "", greedy] = label;
    const text = greedy === "+" ? given.slice(index).join("/") : given[index];
    const decoded = text === undefined || text === "" ? undefined : decode(text);
    if (decoded === undefined) return undefined;
    labels[name] = decoded;
    if (greedy === "+") return { literals, labels };
  }
  return wanted.length === given.length ? { literals, labels } : undefined;
}

/** Whether the labels found are just those that the operation's input has. */
function sameLabels(operation: Operation, labels: Readonly<Record<string, string>>): boolean {
  const wanted = operation.input.members.filter(({ shape }) => shape.traits.httpLabel === 1);
  return (
    wanted.length === Object.keys(labels).length &&
    wanted.every(({ name }) => Object.hasOwn(labels, name))
  );
}

/** Counts the conditions that hold; `undefined` when one does not. */
function matchConstraints(
  operation: Operation,
  literals: string,
  request: WireRequest,
): number | undefined {
  let count = 0;
  const query = new Map(request.query);
  for (const [name, value] of new URLSearchParams(literals)) {
    const given = query.get(name);
    if (name === hintParameter) {
      if (given !== undefined && given !== value) return undefined;
      continue;
    }
    if (given === undefined || (value !== "" && given !== value)) return undefined;
    count += 1;
  }
  for (const { required, shape } of operation.input.members) {
    if (!required) continue;
    const { httpQuery, httpHeader } = shape.traits;
    if (httpQuery !== undefined && !query.has(httpQuery)) return undefined;
    if (httpHeader !== undefined && request.headers[httpHeader.toLowerCase()] === undefined) {
      return undefined;
    }
    if (httpQuery !== undefined || httpHeader !== undefined) count += 1;
  }
  return count;
}

function isBetter(fit: Fit, than: Fit): boolean {
  for (const [index, part] of fit.entries()) {
    const other = than[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
