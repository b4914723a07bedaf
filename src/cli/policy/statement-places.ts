import type { StatementPlace } from "../../policy/explanation.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Policy } from "../../policy/types.ts";
import type { OrganizationSource } from "./organization-source.ts";

/** Says where a statement stands, as `file:line:column`; `undefined` when no file has it. */
export type LocateStatement = (statement: StatementPlace) => string | undefined;

/**
 * Finds statements in the files of a configuration. The organization holds documents minified, so
 * the file is parsed anew; a document inside of the configuration is located as a whole.
 */
export function statementLocator(source: OrganizationSource): LocateStatement {
  const parsed = new Map<string, Policy | undefined>();
  const byName = new Map([...source.policies.values()].map((policy) => [policy.name, policy]));
  return ({ policy: name, index }) => {
    const policy = byName.get(name ?? "");
    const span = policy?.contentSpan;
    if (policy === undefined || span?.file === undefined) return undefined;
    const { file } = span;
    if (file !== source.shown && !parsed.has(file)) {
      const text = source.sources[file] ?? "";
      parsed.set(file, parsePolicy(text, { type: policy.type }).policy);
    }
    const { line, column } = parsed.get(file)?.statements[index]?.start ?? span.start;
    return `${file}:${line}:${column}`;
  };
}
