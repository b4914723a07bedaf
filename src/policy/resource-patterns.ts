import { globCovers, globsOverlap } from "./lint/glob.ts";

/**
 * Whether a resource pattern matches all that another matches. AWS matches the six parts of an ARN
 * one by one and completes what is missing by `*`. A pattern with a policy variable is only known to
 * cover itself. Never says yes wrongly.
 */
export function resourceCovers(wide: string, narrow: string): boolean {
  if (wide === narrow || isEverything(wide)) return true;
  if (isEverything(narrow) || hasVariable(wide) || hasVariable(narrow)) return false;
  const parts = partsOf(narrow);
  return partsOf(wide).every((part, index) => globCovers(part, parts[index] ?? ""));
}

/** Whether some resource may match both patterns. Never says no wrongly. */
export function resourcesOverlap(a: string, b: string): boolean {
  if (isEverything(a) || isEverything(b) || hasVariable(a) || hasVariable(b)) return true;
  const parts = partsOf(b);
  return partsOf(a).every((part, index) => globsOverlap(part, parts[index] ?? ""));
}

/** Whether a pattern is `*`, which alone matches what is no ARN. */
export function isEverything(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** Whether a text may hold a policy variable, whose value only a request gives. */
export function hasVariable(text: string): boolean {
  return text.includes("${");
}

const partCount = 6;

function partsOf(pattern: string): readonly string[] {
  const split = pattern.split(":");
  const parts = [...split.slice(0, partCount - 1), split.slice(partCount - 1).join(":")];
  return Array.from({ length: partCount }, (_, index) =>
    index < split.length ? (parts[index] ?? "") : "*",
  );
}
