import { isJsonObject, type Json } from "../../core/json.ts";
import type { LayerControl } from "../../layers/control.ts";
import { type AskContext, ask, plain } from "./ask.ts";
import { analyzerFindings, configCompliance } from "./findings.ts";

/** What an IAM role says of itself. */
export function roleFacts(context: AskContext): readonly Promise<LayerControl>[] {
  const { aws, how, name: RoleName } = context;
  let read: ReturnType<typeof get> | undefined;
  const get = () => aws.call("iam", "GetRole", { RoleName }, how);
  const role = async () => {
    read ??= get();
    return (await read).Role;
  };
  return [
    ask(["trust", "Who may assume it", "iam:GetRole"], async () => {
      const text = (await role())?.AssumeRolePolicyDocument;
      const trusted = principalsOf(text === undefined ? undefined : decodeURIComponent(text));
      const isOpen = trusted.includes("*");
      return {
        state: isOpen ? "off" : "on",
        reason: isOpen ? "everybody" : trusted.join(", ") || "nobody",
        value: trusted,
      };
    }),
    ask(["boundary", "Permissions boundary", "iam:GetRole"], async () => {
      const boundary = (await role())?.PermissionsBoundary?.PermissionsBoundaryArn;
      return {
        state: boundary === undefined ? "off" : "on",
        reason: boundary ?? "it has none",
        value: boundary ?? null,
      };
    }),
    ask(["last-used", "Last used", "iam:GetRole"], async () => {
      const used = (await role())?.RoleLastUsed;
      const at = used?.LastUsedDate?.toISOString();
      return {
        state: "on",
        reason: at === undefined ? "not within what AWS tracks" : `${at} in ${used?.Region}`,
        value: plain(used),
      };
    }),
    ask(["policies", "Policies of the role", "iam:ListAttachedRolePolicies"], async () => {
      const names: string[] = [];
      const paging = { inputToken: "Marker", outputToken: "Marker" };
      const pages = aws.pages("iam", "ListAttachedRolePolicies", { RoleName }, { ...how, paging });
      for await (const page of pages) {
        names.push(...(page.AttachedPolicies ?? []).map(({ PolicyName = "" }) => PolicyName));
      }
      const isAdmin = names.includes("AdministratorAccess");
      return {
        state: isAdmin ? "partial" : "on",
        reason: names.length === 0 ? "none is attached" : names.join(", "),
        value: names,
      };
    }),
    analyzerFindings(context),
    configCompliance(context, "AWS::IAM::Role", RoleName),
  ];
}

function principalsOf(text: string | undefined): readonly string[] {
  let document: Json = null;
  try {
    document = JSON.parse(text ?? "null");
  } catch {
    return [];
  }
  const statements = isJsonObject(document) ? [document.Statement ?? []].flat() : [];
  const names = statements.flatMap((statement) => {
    if (!isJsonObject(statement as Json)) return [];
    const { Effect, Principal } = statement as Readonly<Record<string, Json>>;
    if (Effect !== "Allow" || Principal === undefined) return [];
    if (!isJsonObject(Principal)) return [String(Principal)];
    return Object.values(Principal).flatMap((value) => [value].flat().map(String));
  });
  return [...new Set(names)].sort();
}
