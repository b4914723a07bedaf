import { iamLintFacts } from "../data/iam-lint-facts.ts";
import { isRecord, isSoundPolicy } from "./sound-policy.ts";
import type { Policy } from "./types.ts";

/**
 * Whether a value is a policy as `parsePolicy` gives it in all that checks read: its document is a
 * tree, and everything has a place.
 */
export function isSoundForChecks(value: unknown): value is Policy {
  if (!isRecord(value) || typeof value.type !== "string") return false;
  const { size, document, statements } = value;
  return (
    isSoundPolicy(value) &&
    isRecord(size) &&
    Number.isFinite(size.asSent) &&
    Number.isFinite(size.minified) &&
    isRecord(document) &&
    typeof document.kind === "string" &&
    hasPlace(document) &&
    // Of a document that is too long to be checked, only the size is read.
    (Number(size.minified) > iamLintFacts.longestLinted ||
      (isPlaced(document, "tree") && isPlaced(statements, "any")))
  );
}

/** Whether every object below has a place; of a tree, that none occurs twice. Without recursion. */
function isPlaced(root: unknown, shape: "tree" | "any"): boolean {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (!isRecord(node)) continue;
    if (seen.has(node)) {
      if (shape === "tree") return false;
      continue;
    }
    seen.add(node);
    if (!Array.isArray(node) && !(isPair(node) || (hasPlace(node) && isSoundNode(node)))) {
      return false;
    }
    for (const [name, child] of Object.entries(node)) {
      if (name !== "start" && name !== "end") open.push(child);
    }
  }
  return true;
}

/** A member of an object, or the principals of a type: two parts, each with its place. */
function isPair(node: Readonly<Record<string, unknown>>): boolean {
  return (
    node.start === undefined &&
    isRecord(node.key ?? node.type) &&
    isRecord(node.value ?? node.values)
  );
}

function hasPlace({ start, end }: Readonly<Record<string, unknown>>): boolean {
  return [start, end].every((at) => isRecord(at) && typeof at.offset === "number");
}

/** What is no node of JSON has no `kind`. */
function isSoundNode({ kind, members, items, value }: Readonly<Record<string, unknown>>): boolean {
  switch (kind) {
    case undefined:
    case "null":
      return true;
    case "object":
      return Array.isArray(members) && Array.from<unknown>(members).every(isMember);
    case "array":
      return Array.isArray(items) && Array.from<unknown>(items).every(hasKind);
    default:
      return typeof value === kind;
  }
}

function isMember(member: unknown): boolean {
  if (!isRecord(member) || !isRecord(member.key)) return false;
  return typeof member.key.value === "string" && hasKind(member.value);
}

function hasKind(node: unknown): boolean {
  return isRecord(node) && typeof node.kind === "string";
}
