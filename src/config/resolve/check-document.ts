import { isManagementPolicyType, type OrganizationPolicyType } from "../../core/policy-type.ts";
import { validateManagementPolicy } from "../../policy/inheritance-validate.ts";
import { parseJson } from "../../policy/json-parser.ts";
import { parsePolicy } from "../../policy/parse.ts";
import { parseReport } from "../../policy/parse-report.ts";
import type { JsonNode } from "../../policy/types.ts";
import { escapeStep } from "../places.ts";
import { type Context, spanAt } from "./context.ts";
import type { ResolvedDocument } from "./documents.ts";

/**
 * What only the list of a date says: AWS adds services, keys and values. A document that AWS takes
 * must not be kept from it, so that these warn.
 */
const dated: ReadonlySet<string> = new Set([
  "RCP_SYNTAX_ERROR_ACTION",
  "ORGRAIL6109",
  "ORGRAIL6114",
]);

/**
 * Reports what AWS would refuse as a malformed document of that type, each mistake at its place in
 * the configuration or in the policy's own file. Of a policy that is adopted by its id it only
 * warns: AWS has taken its document. Advice is `orgrail policy lint`'s to give.
 */
export function checkDocument(
  context: Context,
  document: ResolvedDocument,
  type: OrganizationPolicyType,
  at: string,
  isAdopted: boolean,
): void {
  const { content, span } = document;
  const { policy, diagnostics } = parsePolicy(content, { type });
  const found =
    policy !== undefined && isManagementPolicyType(type)
      ? [...diagnostics, ...validateManagementPolicy(type, policy.document)]
      : diagnostics;
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const sent = parseJson(content, parseReport(undefined)).node;
  const written = context.places.has(`${at}/content`) ? undefined : fileNode(context, span.file);
  for (const error of errors) {
    const steps = sent === undefined ? [] : stepsTo(sent, error.span?.start.offset ?? 0);
    const inFile = written === undefined ? undefined : nodeAt(written, steps);
    const place =
      inFile === undefined
        ? undefined
        : { ...(span.file === undefined ? {} : { file: span.file }), ...rangeOf(inFile) };
    const inline = context.places.has(`${at}/content`)
      ? spanAt(context, `${at}/content${steps.map((step) => `/${escapeStep(step)}`).join("")}`)
      : span;
    const isMild = isAdopted || dated.has(error.code);
    const severity = isMild ? ("warning" as const) : error.severity;
    context.report.add({ ...error, severity, span: place ?? inline });
  }
}

/** A policy's own file as it is written; substitutions change texts and lengths of lists only. */
function fileNode(context: Context, file: string | undefined): JsonNode | undefined {
  const text = file === undefined ? undefined : context.sources.get(file);
  return text === undefined || file === context.file
    ? undefined
    : parseJson(text, parseReport(file)).node;
}

/** The keys and indexes that lead to the innermost value, or to the key, at an offset. */
function stepsTo(node: JsonNode, offset: number): readonly string[] {
  if (node.kind === "object") {
    const member = node.members.find(
      ({ key, value }) => key.start.offset <= offset && offset < value.end.offset,
    );
    if (member === undefined) return [];
    return [member.key.value, ...stepsTo(member.value, offset)];
  }
  if (node.kind === "array") {
    const index = node.items.findIndex(
      ({ start, end }) => start.offset <= offset && offset < end.offset,
    );
    const item = node.items[index];
    return item === undefined ? [] : [String(index), ...stepsTo(item, offset)];
  }
  return [];
}

/** The value that the steps lead to, or the last one on the way that is there. */
function nodeAt(node: JsonNode, steps: readonly string[]): JsonNode {
  const [step, ...rest] = steps;
  if (step === undefined) return node;
  const next =
    node.kind === "object"
      ? node.members.find(({ key }) => key.value === step)?.value
      : node.kind === "array"
        ? node.items[Number(step)]
        : undefined;
  return next === undefined ? node : nodeAt(next, rest);
}

function rangeOf({ start, end }: JsonNode): Pick<JsonNode, "start" | "end"> {
  return { start, end };
}
