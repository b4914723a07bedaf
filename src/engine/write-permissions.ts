import { AwsError } from "../aws/aws-error.ts";
import { parseArn } from "../core/identifiers.ts";
import { services } from "../services/registry.ts";
import type { Service, ServiceContext } from "../services/service.ts";
import type { Check } from "./diagnosis.ts";

/** What `doctor` needs besides to tell which writes the caller may make; without it, it says so. */
export const doctorPermissions: readonly string[] = ["iam:GetRole", "iam:SimulatePrincipalPolicy"];

const check = { id: "writes", title: "Permissions to write" };

/**
 * Asks IAM's policy simulator which writes the caller's own policies allow, since no write can be
 * tried. `ids`: the services that are meant; `blocks`: those of them that the file has a block of.
 * Service control policies and the like are not part of its answer.
 */
export async function checkWritePermissions(
  context: ServiceContext,
  ids: readonly string[],
  blocks: readonly string[] = [],
): Promise<Check> {
  const { aws, signal } = context;
  const how = signal === undefined ? {} : { signal };
  const { arn } = await aws.caller(signal);
  const actions: string[] = [];
  for (const id of ids) {
    const permissions = (await services[id]?.())?.permissions;
    if (permissions === undefined) continue;
    actions.push(...(blocks.includes(id) ? permissions.write : writesWithoutBlock(permissions)));
  }
  if (arn.endsWith(":root")) return { ...check, status: "ok", detail: "the root user may do all" };
  try {
    const denied: string[] = [];
    const input = { PolicySourceArn: await policySource(context, arn), ActionNames: actions };
    const paging = { inputToken: "Marker", outputToken: "Marker" };
    const pages = aws.pages("iam", "SimulatePrincipalPolicy", input, { ...how, paging });
    for await (const { EvaluationResults = [] } of pages) {
      for (const { EvalActionName = "", EvalDecision } of EvaluationResults) {
        if (EvalDecision !== "allowed") denied.push(EvalActionName);
      }
    }
    if (denied.length === 0) {
      return { ...check, status: "ok", detail: `your policies allow all ${actions.length}` };
    }
    return {
      ...{ ...check, status: "problem" },
      detail: `your policies do not allow ${denied.sort().join(", ")}`,
      hint: "changes that need them will fail; plan and drift need none of them",
    };
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind === "interrupted") throw error;
    return {
      ...{ ...check, status: "unknown" },
      detail: `not known: ${error.details.said}`,
      hint: "with `iam:SimulatePrincipalPolicy` and `iam:GetRole`, this can be told before an apply",
    };
  }
}

/** The writes of a service that the file may ask for without a block of it. */
export function writesWithoutBlock({
  write,
  writeForBlock = [],
}: Service["permissions"]): readonly string[] {
  return write.filter((action) => !writeForBlock.includes(action));
}

/** The user or role behind a caller. A session's ARN leaves out the path of its role. */
async function policySource(context: ServiceContext, arn: string): Promise<string> {
  const parsed = parseArn(arn);
  const [kind, name = ""] = parsed?.resource.split("/") ?? [];
  if (kind !== "assumed-role") return arn;
  const how = context.signal === undefined ? {} : { signal: context.signal };
  const { Role } = await context.aws.call("iam", "GetRole", { RoleName: name }, how);
  return Role?.Arn ?? arn;
}
