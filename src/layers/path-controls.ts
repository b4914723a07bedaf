import type { Json } from "../core/json.ts";
import type { Layer } from "../core/layer.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import { isManagementPolicyType } from "../core/policy-type.ts";
import type { OrganizationState } from "../core/snapshot.ts";
import { rcpServices } from "../data/rcp-services.ts";
import { securityLayers } from "../data/security-layers.ts";
import { compileGlob, globMatches } from "../policy/glob.ts";
import { effectivePolicy } from "../policy/inheritance.ts";
import {
  managementLevels,
  type OrganizationPlace,
  organizationLevels,
  organizationPath,
} from "../policy/organization-levels.ts";
import type { Statement } from "../policy/types.ts";
import type { LayerControl } from "./control.ts";
import type { Resource } from "./resource.ts";

/** A control at its layer. */
export interface PlacedControl {
  readonly layer: Layer;
  readonly control: LayerControl;
}

type Guarding = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

const layerOf: Readonly<Record<OrganizationPlace["kind"], Layer>> = {
  root: "organization",
  organizationalUnit: "organizational unit",
  account: "account",
};

/**
 * The policies on the way from the root to a resource's account that bear on it: what service control
 * policies deny of its service, what resource control policies deny of access to it, and what
 * management policies set for it. A control is at the layer of the level that it is attached to.
 */
export function pathControls(
  resource: Resource,
  organization: OrganizationState,
): readonly PlacedControl[] {
  const { kind } = resource;
  return [
    ...guards("SERVICE_CONTROL_POLICY", "SCPs", resource, organization),
    ...guards("RESOURCE_CONTROL_POLICY", "RCPs", resource, organization),
    ...kind.policies
      .filter(isManagementPolicyType)
      .map((type) => managed(type, resource, organization)),
  ];
}

function guards(
  type: Guarding,
  short: string,
  resource: Resource,
  organization: OrganizationState,
): readonly PlacedControl[] {
  const { account, kind } = resource;
  const one = (control: Omit<LayerControl, "id" | "title">): readonly PlacedControl[] => [
    { layer: "organization", control: { id: type, title: short, ...control } },
  ];
  if (account.id === organization.managementAccountId) {
    const reason = `${short} never bind the management account`;
    return one({ state: "not-applicable", reason, evidence: [] });
  }
  const service = serviceOf(resource);
  if (type === "RESOURCE_CONTROL_POLICY" && !rcpServices.prefixes.includes(service)) {
    const reason = `AWS applies no RCPs to ${service === "" ? "it" : service}`;
    return one({ state: "not-applicable", reason, evidence: [] });
  }
  const { isEnabled, levels, unread } = organizationLevels(organization, account.id, type);
  if (!isEnabled) {
    const reason = "the policy type is not enabled";
    return one({ state: "off", reason, evidence: [], remedy: `enable ${type}` });
  }
  const path = organizationPath(organization, account.id) ?? [];
  const found: PlacedControl[] = levels.flatMap(({ policies }, index) => {
    const place = path[index];
    if (place === undefined) return [];
    return policies.flatMap((policy): readonly PlacedControl[] => {
      const bearing = policy.statements.filter((statement) => bears(statement, resource, type));
      if (bearing.length === 0) return [];
      const said = bearing.map(describe);
      return [
        {
          layer: layerOf[place.kind],
          control: {
            id: type,
            title: `${short.slice(0, -1)} ${policy.name ?? "without name"}`,
            state: "on",
            reason: `at ${placeName(place)}: ${said.join("; ")}`,
            evidence: [
              {
                what: policy.name ?? place.id,
                value: said,
                source: "organizations:DescribePolicy",
              },
            ],
          },
        },
      ];
    });
  });
  const open: readonly PlacedControl[] =
    unread.length === 0
      ? []
      : one({
          state: "unknown",
          reason: `not read: ${unread.join(", ")}`,
          evidence: [],
        });
  if (found.length + open.length > 0) return [...found, ...open];
  const what = kind.service === "iam" ? "what it may do" : `what is done with ${service}`;
  const reason =
    type === "SERVICE_CONTROL_POLICY"
      ? `none on its way denies anything of ${what}`
      : "none on its way denies access to it";
  return one({ state: "off", reason, evidence: [], remedy: "`orgrail guardrails` shows some" });
}

/** A role is bound in all that it does; of other resources, in what is done with their service. */
function serviceOf({ arn }: Resource): string {
  return arn.split(":")[2] ?? "";
}

function bears(statement: Statement, resource: Resource, type: Guarding): boolean {
  if (statement.effect !== "Deny") return false;
  const isPrincipal = resource.kind.service === "iam" && type === "SERVICE_CONTROL_POLICY";
  return (
    isPrincipal ||
    (touchesService(statement, serviceOf(resource)) && touchesArn(statement, resource.arn))
  );
}

function touchesService({ action, notAction }: Statement, service: string): boolean {
  const patterns = (action ?? notAction)?.values.map(({ value }) => value) ?? [];
  if (action !== undefined) {
    return patterns.some((pattern) => {
      const [prefix = ""] = pattern.split(":");
      return globMatches(compileGlob(prefix.toLowerCase()), service);
    });
  }
  return !patterns.some((pattern) => pattern === "*" || pattern.toLowerCase() === `${service}:*`);
}

/** Whether it names the resource or something within it; a condition may still let it through. */
function touchesArn({ resource, notResource }: Statement, arn: string): boolean {
  const matches = (pattern: string): boolean => {
    const glob = compileGlob(pattern);
    return globMatches(glob, arn) || globMatches(glob, `${arn}/*`);
  };
  if (resource !== undefined) return resource.values.some(({ value }) => matches(value));
  return notResource?.values.some(({ value }) => value === "*") !== true;
}

function describe(statement: Statement): string {
  const { sid, action, notAction, conditions } = statement;
  const list = (action ?? notAction)?.values.map(({ value }) => value) ?? [];
  const some =
    list.length > 3
      ? `${list.slice(0, 3).join(", ")} and ${list.length - 3} more`
      : list.join(", ");
  const what = action === undefined ? `all but ${some}` : some;
  const when = conditions.length === 0 ? "" : ", under conditions";
  return `denies ${what}${when}${sid === undefined ? "" : ` (${sid.value})`}`;
}

function placeName({ kind, name }: OrganizationPlace): string {
  return kind === "root" ? "the root" : name;
}

function managed(
  type: ManagementPolicyType,
  { account }: Resource,
  organization: OrganizationState,
): PlacedControl {
  const title = securityLayers.policies.find((one) => one.type === type)?.title ?? type;
  const { isEnabled, levels, unread } = managementLevels(organization, account.id, type);
  const at = (control: Omit<LayerControl, "id" | "title">): PlacedControl => ({
    layer: "account",
    control: { id: type, title, ...control },
  });
  if (!isEnabled) {
    const reason = "the policy type is not enabled";
    return at({ state: "off", reason, evidence: [], remedy: `enable ${type}` });
  }
  if (unread.length > 0) {
    return at({ state: "unknown", reason: `not read: ${unread.join(", ")}`, evidence: [] });
  }
  const path = organizationPath(organization, account.id) ?? [];
  const names = levels.flatMap(({ policies }, index) => {
    const place = path[index];
    return policies.map(({ id }) => {
      const name = organization.policies?.find((policy) => policy.id === id)?.name ?? id;
      return `${name} at ${place === undefined ? "?" : placeName(place)}`;
    });
  });
  if (names.length === 0) {
    const reason = "no policy of the type is on its way";
    return at({ state: "off", reason, evidence: [] });
  }
  const { content } = effectivePolicy(type, levels);
  const value: Json = content === undefined ? null : JSON.parse(content);
  return at({
    state: "on",
    reason: `set by ${names.join(", ")}`,
    evidence: [{ what: "effective policy", value, source: "organizations:DescribePolicy" }],
  });
}
