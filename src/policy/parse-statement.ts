import type { ElementReader } from "./parse-elements.ts";
import { checkResourceControlStatement } from "./parse-rcp.ts";
import { type ParseReport, quoted } from "./parse-report.ts";
import type { JsonNode, PolicyType, Statement, Text, TextList } from "./types.ts";

const elements: readonly string[] = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** `*`, or a service prefix, a colon and a name; wildcards anywhere, as AWS reads them. */
const actionPattern = /^(?:\*+|[\w*?.-]+:[\w*?.-]+)$/;

/** Reads a statement; `undefined` when it cannot be evaluated, which it has reported. */
export function parseStatement(
  node: JsonNode,
  index: number,
  type: PolicyType,
  read: ElementReader,
  report: ParseReport,
): Statement | undefined {
  if (node.kind !== "object") {
    report.error("DATA_TYPE_MISMATCH", `statement ${index} is no object`, node);
    read.fail();
    return undefined;
  }
  const members = read.members(node, elements, "statement");
  const list = (element: string): TextList | undefined => {
    const member = members.get(element);
    return member === undefined ? undefined : read.textList(member, element);
  };
  const sidNode = members.get("Sid");
  const sid = sidNode === undefined ? undefined : read.text(sidNode, "Sid");
  const effect = effectOf(members.get("Effect"), node, read, report);
  const action = list("Action");
  const notAction = list("NotAction");
  const resource = list("Resource");
  const notResource = list("NotResource");
  const principalNode = members.get("Principal");
  const notPrincipalNode = members.get("NotPrincipal");
  const principal =
    principalNode === undefined ? undefined : read.principals(principalNode, "Principal");
  const notPrincipal =
    notPrincipalNode === undefined ? undefined : read.principals(notPrincipalNode, "NotPrincipal");
  const conditionNode = members.get("Condition");

  for (const element of ["Action", "Resource", "Principal"]) {
    if (members.has(element) && members.has(`Not${element}`)) {
      read.fail();
      report.error(
        "UNSUPPORTED_ELEMENT_COMBINATION",
        `\`${element}\` and \`Not${element}\` stand in the same statement`,
        members.get(`Not${element}`) ?? node,
        "keep one of them",
      );
    }
  }
  if (!members.has("Action") && !members.has("NotAction")) {
    read.fail();
    report.error("MISSING_ACTION", "the statement has no `Action` and no `NotAction`", node);
  }
  if (!members.has("Resource") && !members.has("NotResource") && type !== "RESOURCE_POLICY") {
    report.error("MISSING_RESOURCE", "the statement has no `Resource` and no `NotResource`", node);
  }
  checkActions(action ?? notAction, report);
  checkPrincipals(type, node, principalNode, notPrincipalNode, report);

  if (effect === undefined) return undefined;
  const statement: Statement = {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(action === undefined ? {} : { action }),
    ...(notAction === undefined ? {} : { notAction }),
    ...(resource === undefined ? {} : { resource }),
    ...(notResource === undefined ? {} : { notResource }),
    ...(principal === undefined ? {} : { principal }),
    ...(notPrincipal === undefined ? {} : { notPrincipal }),
    conditions: conditionNode === undefined ? [] : read.conditions(conditionNode),
    start: node.start,
    end: node.end,
  };
  if (type === "RESOURCE_CONTROL_POLICY") checkResourceControlStatement(statement, report);
  return statement;
}

function effectOf(
  node: JsonNode | undefined,
  statement: JsonNode,
  read: ElementReader,
  report: ParseReport,
): "Allow" | "Deny" | undefined {
  if (node === undefined) {
    read.fail();
    report.error("MISSING_EFFECT", "the statement has no `Effect`", statement);
    return undefined;
  }
  const text: Text | undefined = read.text(node, "Effect");
  if (text === undefined) return undefined;
  if (text.value === "Allow" || text.value === "Deny") return text.value;
  read.fail();
  report.error(
    "INVALID_EFFECT",
    `effect ${quoted(text.value)} is not valid`,
    text,
    "write `Allow` or `Deny`, in this case",
  );
  return undefined;
}

function checkActions(actions: TextList | undefined, report: ParseReport): void {
  for (const action of actions?.values ?? []) {
    if (actionPattern.test(action.value)) continue;
    report.error(
      "INVALID_ACTION",
      `action ${quoted(action.value)} is not of the form \`service:Name\``,
      action,
      "write a service prefix, a colon and an action name, in which `*` and `?` are wildcards",
    );
  }
}

function checkPrincipals(
  type: PolicyType,
  statement: JsonNode,
  principal: JsonNode | undefined,
  notPrincipal: JsonNode | undefined,
  report: ParseReport,
): void {
  const found = principal ?? notPrincipal;
  if (type === "RESOURCE_POLICY" && found === undefined) {
    report.error("MISSING_PRINCIPAL", "the statement has no `Principal`", statement);
  }
  if (found === undefined) return;
  if (type === "SERVICE_CONTROL_POLICY") {
    report.error(
      "SCP_SYNTAX_ERROR_PRINCIPAL",
      "a service control policy has no `Principal` and no `NotPrincipal`",
      found,
      "use the condition key `aws:PrincipalArn`",
    );
  }
  if (type === "IDENTITY_POLICY") {
    report.error(
      "UNSUPPORTED_PRINCIPAL",
      "an identity policy has no `Principal`: it is attached to one",
      found,
    );
  }
}
