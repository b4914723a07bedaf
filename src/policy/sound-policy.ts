import type { Policy, Statement } from "./types.ts";

/** Whether a value is a policy as `parsePolicy` gives it, as far as compiling reads it. */
export function isSoundPolicy(value: unknown): value is Policy {
  return (
    isRecord(value) &&
    typeof value.type === "string" &&
    typeof value.text === "string" &&
    isOptional(value.name, (name) => typeof name === "string") &&
    isList(value.statements, isSoundStatement)
  );
}

function isSoundStatement(value: unknown): value is Statement {
  return (
    isRecord(value) &&
    (value.effect === "Allow" || value.effect === "Deny") &&
    typeof value.index === "number" &&
    isOptional(value.sid, isText) &&
    isOptional(value.action, isTextList) &&
    isOptional(value.notAction, isTextList) &&
    isOptional(value.resource, isTextList) &&
    isOptional(value.notResource, isTextList) &&
    isOptional(value.principal, isPrincipals) &&
    isOptional(value.notPrincipal, isPrincipals) &&
    isList(value.conditions, isCondition)
  );
}

function isCondition(value: unknown): boolean {
  return isRecord(value) && isText(value.operator) && isText(value.key) && isTextList(value.values);
}

function isPrincipals(value: unknown): boolean {
  return (
    isRecord(value) &&
    isList(
      value.byType,
      (entry) => isRecord(entry) && isText(entry.type) && isTextList(entry.values),
    )
  );
}

function isTextList(value: unknown): boolean {
  return isRecord(value) && isList(value.values, isText);
}

function isText(value: unknown): boolean {
  return isRecord(value) && typeof value.value === "string";
}

/** Whether a value is an object, arrays included. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  if (!Array.isArray(value)) return false;
  // Not `every`, which passes over holes.
  for (const item of value) if (!isItem(item)) return false;
  return true;
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}
