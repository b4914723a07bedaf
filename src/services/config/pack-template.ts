import { parseDocument } from "yaml";
import { digest } from "../../core/digest.ts";
import type { JsonObject } from "../../core/json.ts";

/** The parameter by which a pack tells which template it has; AWS tells it in no other way. */
export const digestParameter = "OrgrailTemplateDigest";

/** A template with a parameter for its digest. */
export interface MarkedTemplate {
  readonly text: string;
  readonly digest: string;
}

/** Adds the parameter for the digest to a template, JSON or YAML. */
export function markTemplate(text: string): MarkedTemplate {
  const declaration = { Type: "String", Default: "none" };
  const mark = digest(text).slice(0, 32);
  if (text.trimStart().startsWith("{")) {
    const template = JSON.parse(text) as JsonObject;
    const parameters = { ...(template.Parameters as JsonObject), [digestParameter]: declaration };
    return { text: JSON.stringify({ ...template, Parameters: parameters }), digest: mark };
  }
  // Tags such as `!Sub` are not known here and are written as they were read.
  const document = parseDocument(text, { logLevel: "silent" });
  document.setIn(["Parameters", digestParameter], document.createNode(declaration));
  return { text: document.toString({ lineWidth: 0 }), digest: mark };
}
