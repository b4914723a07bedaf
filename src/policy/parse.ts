import type { Diagnostic } from "../core/diagnostic.ts";
import { isManagementPolicyType } from "../core/policy-type.ts";
import { type ParsedJson, parseJson } from "./json-parser.ts";
import { type ElementReader, elementReader } from "./parse-elements.ts";
import { type ParseReport, parseReport, quoted } from "./parse-report.ts";
import { parseStatement } from "./parse-statement.ts";
import type { JsonNode, Policy, PolicyType, Statement, Text } from "./types.ts";

/**
 * The longest text that is read at all, in UTF-16 code units: more than thirty times the largest
 * policy document of any AWS service.
 */
export const maxDocumentLength: number = 1024 * 1024;

/** How {@link parsePolicy} reads a text. */
export interface ParseOptions {
  readonly type: PolicyType;
  /** For messages and explanations. */
  readonly name?: string;
  /** For the spans of the diagnostics. */
  readonly file?: string;
}

/** What {@link parsePolicy} understood. */
export interface ParseResult {
  readonly policy?: Policy;
  readonly diagnostics: Diagnostic[];
}

/**
 * Parses a policy document. Never throws, whatever the input.
 *
 * `policy` is present when every statement can be evaluated, even where an error says that AWS would
 * refuse the document (a comment, an element that the type does not have). It is absent when the
 * text is not JSON, or when an effect, an action, a version or a value is missing or of the wrong
 * kind: leaving out a statement would change what the policy says. For the management policy types
 * the JSON tree is kept and `statements` is empty.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (codes)
 */
export function parsePolicy(text: string, options: ParseOptions): ParseResult {
  const report = parseReport(options.file);
  const policy = parse(text, options, report);
  const diagnostics = [...report.diagnostics];
  return policy === undefined ? { diagnostics } : { policy, diagnostics };
}

function parse(input: unknown, options: ParseOptions, report: ParseReport): Policy | undefined {
  const origin = { line: 1, column: 1, offset: 0 };
  const nowhere = { start: origin, end: origin };
  if (typeof input !== "string") {
    report.error("JSON_SYNTAX_ERROR", "the policy document is not text", nowhere);
    return undefined;
  }
  if (input.length > maxDocumentLength) {
    report.error(
      "JSON_SYNTAX_ERROR",
      `the document has ${input.length} characters, more than any policy of AWS; orgrail reads up to ${maxDocumentLength}`,
      nowhere,
    );
    return undefined;
  }
  const json = parseJson(input, report);
  if (json.node === undefined) return undefined;
  if (json.node.kind !== "object") {
    report.error("DATA_TYPE_MISMATCH", "a policy document is a JSON object", json.node);
    return undefined;
  }
  return isManagementPolicyType(options.type)
    ? managementPolicy(input, options, json, json.node)
    : authorizationPolicy(input, options, json, json.node, report);
}

function policyOf(
  text: string,
  options: ParseOptions,
  json: ParsedJson,
  document: JsonNode,
  rest: { version: Policy["version"]; id?: Text; statements: readonly Statement[] },
): Policy {
  return {
    type: options.type,
    text,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...rest,
    document,
    size: { asSent: text.length, minified: json.minified },
  };
}

function managementPolicy(
  text: string,
  options: ParseOptions,
  json: ParsedJson,
  document: JsonNode,
): Policy {
  return policyOf(text, options, json, document, { version: "2008-10-17", statements: [] });
}

type ObjectNode = Extract<JsonNode, { kind: "object" }>;

function authorizationPolicy(
  text: string,
  options: ParseOptions,
  json: ParsedJson,
  document: ObjectNode,
  report: ParseReport,
): Policy | undefined {
  const read = elementReader(report);
  const members = read.members(document, ["Version", "Id", "Statement"], "policy");
  const version = versionOf(members.get("Version"), read, report);
  const idNode = members.get("Id");
  const id = idNode === undefined ? undefined : read.text(idNode, "Id");
  const statementNode = members.get("Statement");
  if (statementNode === undefined) {
    report.error("MISSING_STATEMENT", "the policy has no `Statement`", document);
    return undefined;
  }
  const nodes = statementNode.kind === "array" ? statementNode.items : [statementNode];
  if (nodes.length === 0) {
    report.error("MISSING_STATEMENT", "`Statement` holds no statement", statementNode);
  }
  const statements: Statement[] = [];
  for (const [index, node] of nodes.entries()) {
    const statement = parseStatement(node, index, options.type, read, report);
    if (statement !== undefined) statements.push(statement);
  }
  if (options.type === "RESOURCE_CONTROL_POLICY" && version !== "2012-10-17") {
    report.error(
      "INVALID_VERSION",
      "a resource control policy has `Version` `2012-10-17`",
      members.get("Version") ?? document,
    );
  }
  if (version === undefined || read.failed()) return undefined;
  return policyOf(text, options, json, document, {
    version,
    ...(id === undefined ? {} : { id }),
    statements,
  });
}

function versionOf(
  node: JsonNode | undefined,
  read: ElementReader,
  report: ParseReport,
): Policy["version"] | undefined {
  if (node === undefined) return "2008-10-17";
  const text = read.text(node, "Version");
  if (text === undefined) return undefined;
  if (text.value === "2012-10-17" || text.value === "2008-10-17") return text.value;
  report.error(
    "INVALID_VERSION",
    `version ${quoted(text.value)} is not valid`,
    text,
    "write `2012-10-17`, the version of the policy language; it is no date of yours",
  );
  return undefined;
}
