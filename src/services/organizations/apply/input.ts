import { AppError } from "../../../core/app-error.ts";
import { canonicalJson, type JsonObject } from "../../../core/json.ts";
import type { ResolvedChange } from "../../service.ts";

/** A member of a change's input that must be a text. Throws ORGRAIL4106 for a plan that lacks it. */
export function inputText(change: ResolvedChange, member: string): string {
  const value = change.input[member];
  if (typeof value === "string") return value;
  throw new AppError(
    "ORGRAIL4106",
    `the plan is damaged: \`${change.id}\` (${change.operation}) has no \`${member}\``,
    { hint: "make the plan anew" },
  );
}

/** Tags of a change's input as the API takes them; none when the input has none. */
export function inputTags(change: ResolvedChange): { Key: string; Value: string }[] {
  const { Tags: tags = [] } = change.input;
  if (!Array.isArray(tags)) return [];
  return (tags as readonly JsonObject[]).map(({ Key, Value }) => ({
    Key: String(Key),
    Value: String(Value),
  }));
}

/** A policy document as canonical JSON text; text that is no JSON stays as it is. */
export function canonicalContent(content: string): string {
  try {
    return canonicalJson(JSON.parse(content));
  } catch (error) {
    if (error instanceof SyntaxError) return content;
    throw error;
  }
}
