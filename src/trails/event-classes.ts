import { isJsonObject, type JsonObject } from "../core/json.ts";
import type { SelectorFacts } from "./state.ts";

/** Sources of events: all but some, or some only. */
export type Sources = { readonly except: readonly string[] } | { readonly only: readonly string[] };

/** Data events that a trail takes. */
export interface DataEvents {
  /** Such as `AWS::S3::Object`. */
  readonly type: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Whether it takes them of all resources of that type. */
  readonly all: boolean;
}

/** What a trail takes, by its event selectors. */
export interface TrailEvents {
  /** Management events that read; `null`: none. */
  readonly reads: Sources | null;
  readonly writes: Sources | null;
  /** Fields by which management events are narrowed further than classes can say. */
  readonly narrowedBy: readonly string[];
  readonly data: readonly DataEvents[];
  /** Sources of network activity events. */
  readonly network: readonly string[];
}

/**
 * Reads event selectors, classic or advanced. Selectors of a trail add to one another.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
export function eventClasses(selectors: SelectorFacts): TrailEvents {
  const parts = [
    ...(selectors.EventSelectors ?? []).map(classic),
    ...(selectors.AdvancedEventSelectors ?? []).map(advanced),
  ];
  return {
    reads: parts.reduce<Sources | null>((sum, { reads }) => union(sum, reads), null),
    writes: parts.reduce<Sources | null>((sum, { writes }) => union(sum, writes), null),
    narrowedBy: [...new Set(parts.flatMap(({ narrowedBy }) => narrowedBy))].sort(),
    data: parts.flatMap(({ data }) => data),
    network: [...new Set(parts.flatMap(({ network }) => network))].sort(),
  };
}

/** Whether sources have one among them; `other` stands for all that no selector names. */
export function hasSource(sources: Sources | null, source: string): boolean {
  if (sources === null) return false;
  return "only" in sources ? sources.only.includes(source) : !sources.except.includes(source);
}

/** Sources that are named. */
export function namedSources(sources: Sources | null): readonly string[] {
  if (sources === null) return [];
  return "only" in sources ? sources.only : sources.except;
}

/** What is taken, in a few words: `all management events but kms.amazonaws.com`. */
export function describeEvents({ reads, writes, narrowedBy, data, network }: TrailEvents): string {
  const parts: string[] = [];
  const same = JSON.stringify(reads) === JSON.stringify(writes);
  if (same && reads !== null) parts.push(`all management events${sourceWords(reads)}`);
  if (!same && reads !== null) parts.push(`management events that read${sourceWords(reads)}`);
  if (!same && writes !== null) parts.push(`management events that write${sourceWords(writes)}`);
  if (narrowedBy.length > 0) parts.push(`management events narrowed by ${narrowedBy.join(", ")}`);
  for (const { type, reads: r, writes: w, all } of data) {
    const access = r && w ? "" : r ? " that read" : " that write";
    parts.push(`data events of ${all ? "" : "some "}${type}${access}`);
  }
  if (network.length > 0) parts.push(`network activity of ${network.join(", ")}`);
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

function sourceWords(sources: Sources): string {
  if ("only" in sources) return ` of ${sources.only.join(", ")} only`;
  return sources.except.length === 0 ? "" : ` but those of ${sources.except.join(", ")}`;
}

function union(a: Sources | null, b: Sources | null): Sources | null {
  if (a === null || b === null) return a ?? b;
  if ("only" in a && "only" in b) return { only: [...new Set([...a.only, ...b.only])].sort() };
  const lacking = (one: Sources, source: string): boolean => !hasSource(one, source);
  const named = [...namedSources(a), ...namedSources(b)];
  const except = named.filter((source) => lacking(a, source) && lacking(b, source));
  return { except: [...new Set(except)].sort() };
}

const nothing: TrailEvents = { reads: null, writes: null, narrowedBy: [], data: [], network: [] };

function classic(selector: JsonObject): TrailEvents {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources } = selector;
  const except = [...texts(ExcludeManagementEventSources)].sort();
  const [reads, writes] = [ReadWriteType !== "WriteOnly", ReadWriteType !== "ReadOnly"];
  const isManagement = IncludeManagementEvents !== false;
  const resources = Array.isArray(selector.DataResources) ? selector.DataResources : [];
  return {
    ...nothing,
    reads: isManagement && reads ? { except } : null,
    writes: isManagement && writes ? { except } : null,
    data: resources.filter(isJsonObject).map((resource) => ({
      type: String(resource.Type),
      reads,
      writes,
      all: texts(resource.Values).some((value) => /^arn:aws[\w-]*:[a-z0-9]+(:::?)?$/.test(value)),
    })),
  };
}

/** Fields that classes know. */
const plain = new Set(["eventCategory", "readOnly", "eventSource", "resources.type"]);

function advanced({ FieldSelectors }: JsonObject): TrailEvents {
  const fields = (Array.isArray(FieldSelectors) ? FieldSelectors : []).filter(isJsonObject);
  const values = (field: string, operator: string): readonly string[] =>
    texts(fields.find(({ Field }) => Field === field)?.[operator]);
  const [category] = values("eventCategory", "Equals");
  const readOnly = values("readOnly", "Equals");
  const [reads, writes] = [!equals(readOnly, "false"), !equals(readOnly, "true")];
  const only = [...values("eventSource", "Equals")].sort();
  const sources: Sources =
    only.length > 0 ? { only } : { except: [...values("eventSource", "NotEquals")].sort() };
  const narrowing = fields.map(({ Field }) => String(Field)).filter((name) => !plain.has(name));
  if (category === "Management") {
    if (narrowing.length > 0) return { ...nothing, narrowedBy: narrowing };
    return { ...nothing, reads: reads ? sources : null, writes: writes ? sources : null };
  }
  if (category === "NetworkActivity") return { ...nothing, network: only };
  if (category !== "Data") return nothing;
  const [type = ""] = values("resources.type", "Equals");
  return { ...nothing, data: [{ type, reads, writes, all: narrowing.length === 0 }] };
}

function equals(values: readonly string[], one: string): boolean {
  return values.length === 1 && values[0] === one;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
