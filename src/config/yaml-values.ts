import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Span } from "../core/diagnostic.ts";
import { configCodes } from "./codes.ts";
import { escapeStep, type Place, type Places } from "./places.ts";
import { quoted, type Report } from "./report.ts";
import type { ConfigValues } from "./schema/config-input.ts";
import { hasSubstitution, substitute } from "./substitution.ts";
import { reportSubstitution } from "./substitution-report.ts";
import { didYouMean } from "./suggest.ts";
import type { YamlText } from "./yaml-reader.ts";

/** Plain values of a YAML text, with the place of each. */
export interface YamlValues {
  readonly value: unknown;
  readonly places: Places;
  /** Pointers of values that could not be read, which is reported; they are `undefined`. */
  readonly broken: ReadonlySet<string>;
}

/** How {@link yamlValues} reads. */
export interface YamlValuesOptions {
  /** What `${{ name }}` stands for; without them texts are taken as they are. */
  readonly values?: ConfigValues;
  /** Gives the value of a node with a tag such as `!include`; `undefined` when it has none. */
  readonly tag?: (
    tag: string,
    value: unknown,
    span: Span,
  ) => { readonly value: unknown } | undefined;
}

const loneSurrogate = /\p{Cs}/u;
const maxDepth = 64;
const maxAliasedNodes = 100_000;
const standardTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

interface Walk {
  readonly text: YamlText;
  readonly report: Report;
  readonly options: YamlValuesOptions;
  readonly places: Map<string, Place>;
  readonly broken: Set<string>;
  readonly anchors: Map<string, Node>;
  /** Collections that are being read, to find an alias inside of what it refers to. */
  readonly open: Set<Node>;
  aliasDepth: number;
  aliasedNodes: number;
  full: boolean;
}

const unreadable = Symbol("unreadable");

/**
 * Turns YAML nodes into plain values: aliases and merge keys resolved within limits, values
 * substituted, tags refused. Every mistake is reported with its place; what cannot be read is
 * `undefined`.
 */
export function yamlValues(
  text: YamlText,
  report: Report,
  options: YamlValuesOptions = {},
): YamlValues {
  const walk: Walk = {
    text,
    report,
    options,
    places: new Map(),
    broken: new Set(),
    anchors: new Map(),
    open: new Set(),
    aliasDepth: 0,
    aliasedNodes: 0,
    full: false,
  };
  const value = text.contents === null ? null : read(walk, text.contents, "", 0, undefined);
  return {
    value: value === unreadable ? undefined : value,
    places: walk.places,
    broken: walk.broken,
  };
}

function spanOf(walk: Walk, node: Node): Span {
  return walk.text.span(node.range ? [node.range[0], node.range[1]] : undefined);
}

function fail(walk: Walk, at: string): typeof unreadable {
  walk.broken.add(at);
  return unreadable;
}

function read(walk: Walk, node: Node, at: string, depth: number, key: Span | undefined): unknown {
  const span = spanOf(walk, node);
  const source = isScalar(node) && typeof node.source === "string" ? node.source : undefined;
  walk.places.set(at, {
    span,
    ...(key === undefined ? {} : { key }),
    ...(source === undefined ? {} : { source }),
  });
  if (isAlias(node)) return readAlias(walk, node.source, span, at, depth, key);
  if (depth > maxDepth) {
    walk.report.error(configCodes.tooDeep, `nested deeper than ${maxDepth} levels`, span);
    return fail(walk, at);
  }
  if (walk.aliasDepth > 0 && ++walk.aliasedNodes > maxAliasedNodes) {
    if (!walk.full) {
      walk.report.error(
        configCodes.tooManyAliases,
        `aliases multiply the document to more than ${maxAliasedNodes} values`,
        span,
        "write the values out, or refer to smaller anchors",
      );
    }
    walk.full = true;
    return fail(walk, at);
  }
  const anchor = (node as { anchor?: string }).anchor;
  if (anchor !== undefined) walk.anchors.set(anchor, node);
  const value = readNode(walk, node, at, depth, span);
  const tag = node.tag;
  if (tag === undefined || standardTags.test(tag) || value === unreadable) return value;
  const made = walk.options.tag?.(tag, value, span);
  if (made !== undefined) return made.value;
  walk.report.error(
    configCodes.tag,
    `the tag ${quoted(tag.replace("tag:yaml.org,2002:", "!!"))} has no meaning here`,
    span,
    "remove the tag, or put the text in quotes",
  );
  return fail(walk, at);
}

function readNode(walk: Walk, node: Node, at: string, depth: number, span: Span): unknown {
  if (isScalar(node)) return readScalar(walk, node.value, at, span);
  walk.open.add(node);
  try {
    if (isSeq(node)) {
      const list: unknown[] = [];
      for (const item of node.items as Node[]) {
        const here = `${at}/${list.length}`;
        const value = read(walk, item, here, depth + 1, undefined);
        const whole = isScalar(item) && Array.isArray(value);
        if (!whole) list.push(value === unreadable ? undefined : value);
        else {
          const place = walk.places.get(here);
          for (const one of value) {
            if (place !== undefined) walk.places.set(`${at}/${list.length}`, place);
            list.push(one);
          }
        }
      }
      return list;
    }
    return isMap(node) ? readMap(walk, node as YAMLMap<Node, Node | null>, at, depth) : null;
  } finally {
    walk.open.delete(node);
  }
}

function readScalar(walk: Walk, value: unknown, at: string, span: Span): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" && loneSurrogate.test(value)) {
    walk.report.error(
      configCodes.notText,
      "the text holds half of a character (a lone surrogate), which no UTF-8 has",
      span,
      "write the character itself, or both halves of it",
    );
    return fail(walk, at);
  }
  if (typeof value !== "string" || walk.options.values === undefined) return value;
  if (!hasSubstitution(value)) return value;
  const result = substitute(value, walk.options.values);
  if (result.problems.length === 0) return result.value;
  for (const problem of result.problems) {
    reportSubstitution(walk.report, problem, walk.options.values, span);
  }
  return fail(walk, at);
}

function readMap(
  walk: Walk,
  map: YAMLMap<Node, Node | null>,
  at: string,
  depth: number,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const merged: Record<string, unknown>[] = [];
  const seen = new Map<string, Span>();
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const keyNode = pair.key;
    const span =
      keyNode === null
        ? walk.text.span(map.range ? [map.range[0], map.range[0]] : undefined)
        : spanOf(walk, keyNode);
    const name = keyName(walk, keyNode, span);
    if (name === undefined) continue;
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      walk.report.error(
        configCodes.duplicateKey,
        `the key ${quoted(name)} occurs twice`,
        span,
        `it is already there in line ${earlier.start.line}; keep one of them`,
      );
      continue;
    }
    seen.set(name, span);
    const here = `${at}/${escapeStep(name)}`;
    const isMerge = name === "<<" && isScalar(keyNode) && keyNode.type === "PLAIN";
    const value =
      pair.value === null
        ? nothing(walk, here, span)
        : read(walk, pair.value, here, depth + 1, span);
    if (isMerge) merged.push(...mergeSources(walk, value, span));
    else result[name] = value === unreadable ? undefined : value;
  }
  for (const source of merged) {
    for (const [name, value] of Object.entries(source)) {
      if (Object.hasOwn(result, name)) continue;
      result[name] = value;
      copyPlaces(walk, `${at}/<<`, `${at}/${escapeStep(name)}`, name);
    }
  }
  return result;
}

function nothing(walk: Walk, at: string, key: Span): null {
  walk.places.set(at, { span: key, key, source: "" });
  return null;
}

/** A merged member has no place of its own: the merge key stands in for it. */
function copyPlaces(walk: Walk, from: string, to: string, name: string): void {
  const place = walk.places.get(`${from}/${escapeStep(name)}`) ?? walk.places.get(from);
  if (place !== undefined) walk.places.set(to, place);
}

function mergeSources(walk: Walk, value: unknown, span: Span): Record<string, unknown>[] {
  const sources = Array.isArray(value) ? value : [value];
  const maps = sources.filter(
    (source): source is Record<string, unknown> =>
      typeof source === "object" && source !== null && !Array.isArray(source),
  );
  if (maps.length < sources.length && value !== unreadable) {
    walk.report.error(
      configCodes.mergeKey,
      "a merge key takes a mapping or a list of mappings",
      span,
      "write `<<: *anchor`, where the anchor stands at a mapping",
    );
  }
  return maps;
}

function keyName(walk: Walk, node: Node | null, span: Span): string | undefined {
  const name = isScalar(node)
    ? typeof node.value === "string"
      ? node.value
      : node.source
    : undefined;
  if (name === undefined || name === "" || name === "__proto__" || hasSubstitution(name)) {
    walk.report.error(
      configCodes.badKey,
      name === undefined
        ? "a key must be text"
        : name === ""
          ? "a key is missing before `:`"
          : `${quoted(name)} cannot be used as a key`,
      span,
      name === undefined ? "put a text that begins with `{` or `[` in quotes" : undefined,
    );
    return undefined;
  }
  return name;
}

function readAlias(
  walk: Walk,
  name: string,
  span: Span,
  at: string,
  depth: number,
  key: Span | undefined,
): unknown {
  const target = walk.anchors.get(name);
  if (target === undefined) {
    walk.report.error(
      configCodes.unknownAnchor,
      `the alias ${quoted(`*${name}`)} refers to no anchor before it`,
      span,
      didYouMean(name, [...walk.anchors.keys()], "anchors") ??
        `put \`&${name}\` at the value, or the text in quotes`,
    );
    return fail(walk, at);
  }
  if (walk.open.has(target)) {
    walk.report.error(
      configCodes.aliasCycle,
      `the alias ${quoted(`*${name}`)} stands inside of what it refers to`,
      span,
      "a value cannot contain itself; write it out",
    );
    return fail(walk, at);
  }
  if (walk.full) return fail(walk, at);
  walk.aliasDepth++;
  const value = read(walk, target, at, depth, key);
  walk.aliasDepth--;
  return value;
}
