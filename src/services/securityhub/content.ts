import type { RegionName } from "../../core/identifiers.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { isJsonObject } from "../../core/json.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import type { ConfigurationPolicyBlock } from "./schema.ts";

/** The standard that a policy has when its block names none. */
const defaultStandard = "aws-foundational-security-best-practices/v/1.0.0";

/** Content of a configuration policy as the API takes it, in the order of {@link inOneForm}. */
export function contentOf(
  block: ConfigurationPolicyBlock,
  partition: string,
  home: RegionName,
): JsonObject {
  if (!block.enabled) return { ServiceEnabled: false };
  const { standards = [defaultStandard], enabledControls, disabledControls, parameters } = block;
  return inOneForm({
    ServiceEnabled: true,
    EnabledStandardIdentifiers: standards.map((id) => standardArn(id, partition, home)),
    SecurityControlsConfiguration: {
      ...(enabledControls === undefined
        ? { DisabledSecurityControlIdentifiers: [...(disabledControls ?? [])] }
        : { EnabledSecurityControlIdentifiers: [...enabledControls] }),
      ...(parameters === undefined
        ? {}
        : {
            SecurityControlCustomParameters: Object.entries(parameters).map(
              ([SecurityControlId, Parameters]) => ({ SecurityControlId, Parameters }),
            ),
          }),
    },
  });
}

/** The ARN of a standard by its id, or the text itself when it is an ARN. */
export function standardArn(id: string, partition: string, home: RegionName): string {
  if (id.startsWith("arn:")) return id;
  const fact = securityHubFacts.standards.find((standard) => standard.id === id);
  return fact?.arn === "ruleset"
    ? `arn:${partition}:securityhub:::ruleset/${id}`
    : `arn:${partition}:securityhub:${home}::standards/${id}`;
}

/** Content in one form: lists sorted, empty ones left out, but for those that say something empty. */
export function inOneForm(content: JsonObject): JsonObject {
  if (content.ServiceEnabled !== true) return { ServiceEnabled: false };
  const controls = isJsonObject(content.SecurityControlsConfiguration ?? null)
    ? (content.SecurityControlsConfiguration as JsonObject)
    : {};
  const enabled = sorted(controls.EnabledSecurityControlIdentifiers);
  const disabled = sorted(controls.DisabledSecurityControlIdentifiers);
  const parameters = (
    (controls.SecurityControlCustomParameters ?? []) as readonly JsonObject[]
  ).toSorted((a, b) => (String(a.SecurityControlId) < String(b.SecurityControlId) ? -1 : 1));
  return {
    ServiceEnabled: true,
    EnabledStandardIdentifiers: sorted(content.EnabledStandardIdentifiers),
    SecurityControlsConfiguration: {
      ...(enabled.length > 0
        ? { EnabledSecurityControlIdentifiers: enabled }
        : { DisabledSecurityControlIdentifiers: disabled }),
      ...(parameters.length === 0 ? {} : { SecurityControlCustomParameters: parameters }),
    },
  };
}

function sorted(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? [...(list as readonly string[])].sort() : [];
}
