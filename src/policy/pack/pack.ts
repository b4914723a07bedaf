import type { JsonObject } from "../../core/json.ts";
import { diffPolicies } from "../diff/diff.ts";
import { parsePolicy } from "../parse.ts";
import type { Policy, PolicyType } from "../types.ts";
import { packBins } from "./bins.ts";
import { mergeStatements, type PackedStatement } from "./merge-statements.ts";
import { sameDecisions } from "./same-decisions.ts";

/** What a packing may use. */
export interface PackLimits {
  /** Characters of one document. */
  readonly characters: number;
  /** All known actions, over which the packing is proven. */
  readonly actions: readonly string[];
}

/** Policies packed into as few documents as found. */
export interface Packing {
  /** Minified documents. */
  readonly documents: readonly string[];
  /** The least number of documents that their sizes allow. */
  readonly lowerBound: number;
  readonly before: { readonly documents: number; readonly characters: number };
  readonly after: { readonly characters: number };
  readonly proof: { readonly comparedActions: number; readonly decidedRequests: number };
}

/** Why policies were not packed. */
export interface PackingRefused {
  readonly refused: string;
}

const frame = '{"Version":"2012-10-17","Statement":[]}'.length;

/**
 * Packs service or resource control policies that are attached to the same targets into as few
 * documents as the quota allows. Offered only when the engine finds the packed documents equal to
 * the given ones: by meaning over all known actions, and by decisions on requests made from the
 * policies' own patterns and values.
 */
export function packPolicies(
  policies: readonly Policy[],
  limits: PackLimits,
): Packing | PackingRefused {
  const [first] = policies;
  if (first === undefined) return { refused: "there is no policy to pack" };
  if (policies.some(({ type }) => type !== first.type)) {
    return { refused: "policies of different types cannot share a document" };
  }
  if (policies.some(({ version }) => version !== "2012-10-17")) {
    return {
      refused: "a policy without `Version` 2012-10-17 has no policy variables and cannot be joined",
    };
  }
  const room = limits.characters - frame;
  const statements = mergeStatements(policies).flatMap((statement) => split(statement, room));
  const tooLarge = statements.find((statement) => text(statement, true).length > room);
  if (tooLarge !== undefined) {
    return {
      refused: `a statement alone takes ${text(tooLarge, true).length + frame} of ${limits.characters} characters`,
    };
  }
  // Sids are for people: kept, unless a document less can be had without them.
  const named = documents(statements, room, true);
  const bare = documents(statements, room, false);
  const { texts, lowerBound } = bare.texts.length < named.texts.length ? bare : named;
  const packed = texts.map((document) => reparse(document, first.type));
  const difference = diffPolicies(policies, packed, limits.actions);
  const decisions = sameDecisions(policies, packed);
  if (difference.differences.length > 0 || !decisions.same) {
    return { refused: "the packed documents could not be proven equal to the given ones" };
  }
  return {
    documents: texts,
    lowerBound,
    before: {
      documents: policies.length,
      characters: policies.reduce((sum, { size }) => sum + size.minified, 0),
    },
    after: { characters: texts.reduce((sum, { length }) => sum + length, 0) },
    proof: {
      comparedActions: difference.comparedActions,
      decidedRequests: decisions.requests,
    },
  };
}

function documents(
  statements: readonly PackedStatement[],
  room: number,
  withSids: boolean,
): { texts: readonly string[]; lowerBound: number } {
  const texts = statements.map((statement) => text(statement, withSids));
  // Every statement brings a comma, of which the last of a document is not written.
  const { bins, lowerBound } = packBins(
    texts.map(({ length }) => length + 1),
    room + 1,
  );
  const written = bins.map((items) => {
    const used = new Set<string>();
    const members = items.map((index) => {
      const { sid } = statements[index] ?? {};
      // A Sid stands once in a document.
      const isTaken = sid !== undefined && used.has(sid);
      if (sid !== undefined) used.add(sid);
      const statement = statements[index];
      return statement === undefined ? "" : text(statement, withSids && !isTaken);
    });
    return `{"Version":"2012-10-17","Statement":[${members.join(",")}]}`;
  });
  return { texts: written, lowerBound };
}

/** Splits a list of actions that does not fit one document. */
function split(statement: PackedStatement, room: number): readonly PackedStatement[] {
  const { patterns, isNegated } = statement.actions;
  if (text(statement, true).length <= room || isNegated || patterns.length < 2) return [statement];
  const middle = Math.ceil(patterns.length / 2);
  const half = (part: readonly string[]): PackedStatement => {
    const { sid: _, ...rest } = statement;
    return { ...rest, actions: { isNegated, patterns: part } };
  };
  return [half(patterns.slice(0, middle)), half(patterns.slice(middle))].flatMap((part) =>
    split(part, room),
  );
}

function text({ effect, sid, actions, rest }: PackedStatement, withSid: boolean): string {
  const [only] = actions.patterns;
  const value = actions.patterns.length === 1 && only !== undefined ? only : [...actions.patterns];
  const statement: JsonObject = {
    ...(withSid && sid !== undefined ? { Sid: sid } : {}),
    Effect: effect,
    [actions.isNegated ? "NotAction" : "Action"]: value,
    ...rest,
  };
  return JSON.stringify(statement);
}

function reparse(document: string, type: PolicyType): Policy {
  const { policy } = parsePolicy(document, { type });
  if (policy === undefined) throw new Error("a packed document does not parse");
  return policy;
}
