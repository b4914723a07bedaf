import type { JsonObject } from "../core/json.ts";
import { iamQuotas } from "../data/iam-quotas.ts";
import { serviceLinkedRoles } from "../data/service-linked-roles.ts";
import type { Service } from "../services/service.ts";

/** A policy document with its statements, ready for JSON. */
export interface PolicyDocument {
  readonly [member: string]: string | readonly JsonObject[];
  readonly Version: "2012-10-17";
  readonly Statement: readonly JsonObject[];
}

const linkedRole = "iam:CreateServiceLinkedRole";

/**
 * Policy documents that grant exactly what services declare for reading or for applying, as few as
 * the size of a managed policy allows.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function rolePolicies(
  services: readonly Service[],
  kind: "read" | "write",
): readonly PolicyDocument[] {
  const free = new Set<string>();
  const limited = new Map<string, JsonObject>();
  for (const service of services) {
    const { limits = {} } = service.permissions;
    for (const action of service.permissions[kind]) {
      const limit = limits[action];
      if (action === linkedRole) continue;
      if (limit === undefined) free.add(action);
      else {
        const { resources = ["*"], condition } = limit;
        limited.set(`${service.id} ${action}`, {
          Effect: "Allow",
          Action: action,
          Resource: [...resources],
          ...(condition === undefined ? {} : { Condition: condition }),
        });
      }
    }
  }
  if (kind === "write") limited.set(linkedRole, linkedRoleStatement(services));
  return packed([...free].sort(), [...limited.values()]);
}

/** Service-linked roles of the services that are meant, and of no other. */
function linkedRoleStatement(services: readonly Service[]): JsonObject {
  const known = Object.keys(serviceLinkedRoles.names);
  const prefixes = services.map(({ id }) => id);
  const principals = known.filter((principal) => {
    const parts = principal.split(".");
    return prefixes.some((prefix) => parts.includes(prefix) || parts[0] === aliases[prefix]);
  });
  return {
    Effect: "Allow",
    Action: linkedRole,
    Resource: "arn:*:iam::*:role/aws-service-role/*",
    Condition: {
      StringEquals: { "iam:AWSServiceName": ["organizations.amazonaws.com", ...principals].sort() },
    },
  };
}

/** Principals whose first label is not the IAM prefix of their service. */
const aliases: Readonly<Record<string, string>> = {
  config: "config-multiaccountsetup",
  macie2: "macie",
  securityhub: "securityhubv2",
  cloudformation: "stacksets",
};

function packed(actions: readonly string[], statements: readonly JsonObject[]): PolicyDocument[] {
  const documents: JsonObject[][] = [];
  let room = 0;
  let open: string[] | undefined;
  const most = iamQuotas.managedPolicyCharacters - 60;
  const begin = (): void => {
    documents.push([]);
    room = most;
    open = undefined;
  };
  begin();
  for (const action of actions) {
    const cost = action.length + 3 + (open === undefined ? 60 : 0);
    if (cost > room) begin();
    if (open === undefined) {
      open = [];
      room -= 60;
      documents.at(-1)?.push({ Effect: "Allow", Action: open, Resource: "*" });
    }
    open.push(action);
    room -= action.length + 3;
  }
  for (const statement of statements) {
    const cost = JSON.stringify(statement).length + 1;
    if (cost > room) begin();
    documents.at(-1)?.push(statement);
    room -= cost;
  }
  return documents
    .filter((document) => document.length > 0)
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}
