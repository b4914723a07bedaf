import { isJsonObject, type Json, type JsonObject } from "../../../../core/json.ts";
import { cloudformationFacts } from "../../../../data/cloudformation.ts";
import { systemsManagerFacts } from "../../../../data/systems-manager.ts";
import type { Slot } from "../../../../sandbox/world.ts";
import {
  handlerError,
  listOf,
  type MadeResource,
  type ResourcePlace,
  type ResourceProvider,
  textOf,
} from "../../../cloudformation/sandbox/resources/provider.ts";
import { isTrusted, organizationWith } from "../../../kit/sandbox-organization.ts";
import { awsBaselines, baselineId } from "../baseline-ids.ts";
import { systemsManagerSlot } from "../state.ts";

const { quickSetup } = systemsManagerFacts;

/** Configuration managers of an account in a Region, by ARN: what they were made with. */
interface State {
  readonly managers: Map<string, JsonObject>;
}

const slot: Slot<State> = {
  name: "ssm-quicksetup",
  scope: "region",
  init: () => ({ managers: new Map() }),
};

/**
 * `AWS::SSMQuickSetup::ConfigurationManager`, in its form of a patch policy for organizational units.
 *
 * @see https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_CreateConfigurationManager.html
 */
export const quickSetupConfigurationManager: ResourceProvider = {
  type: quickSetup.resourceType,
  create: (place, properties) => {
    check(place, properties);
    const { world, account, region } = place;
    const digits = "0123456789abcdef";
    const id = [8, 4, 4, 4, 12].map((length) => world.newId(length, digits)).join("-");
    const arn = `arn:aws:ssm-quicksetup:${region}:${account}:configuration-manager/${id}`;
    return keep(place, arn, properties);
  },
  update: (place, arn, properties) => {
    if (!managersOf(place).has(arn)) {
      throw handlerError("The resource couldn't be found.", "NotFound");
    }
    check(place, properties);
    return keep(place, arn, properties);
  },
  delete: (place, arn) => {
    managersOf(place).delete(arn);
  },
  read: (place, arn) => managersOf(place).get(arn),
};

function managersOf({ world, account, region }: ResourcePlace): Map<string, JsonObject> {
  return world.state(slot, account, region).managers;
}

function keep(place: ResourcePlace, arn: string, properties: JsonObject): MadeResource {
  managersOf(place).set(arn, properties);
  return { physicalId: arn, attributes: { ManagerArn: arn } };
}

function check(place: ResourcePlace, properties: JsonObject): void {
  if (!/^[ A-Za-z0-9._-]{0,120}$/.test(textOf(properties.Name) ?? "")) {
    throw invalid("Name must match ^[ A-Za-z0-9._-]{0,120}$");
  }
  const definitions = listOf(properties.ConfigurationDefinitions);
  if (definitions.length === 0) throw invalid("ConfigurationDefinitions is required");
  for (const definition of definitions) {
    if (!isJsonObject(definition)) throw invalid("ConfigurationDefinitions must hold objects");
    if (definition.Type !== quickSetup.patchPolicyType) {
      throw invalid(`Unsupported configuration type ${String(definition.Type)}`);
    }
    const { Parameters } = definition;
    checkPatchPolicy(place, isJsonObject(Parameters) ? Parameters : {});
  }
}

function checkPatchPolicy(place: ResourcePlace, parameters: JsonObject): void {
  for (const name of quickSetup.required) {
    if ((textOf(parameters[name]) ?? "") === "") throw invalid(`Missing parameter ${name}`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (!quickSetup.known.includes(name)) throw invalid(`Unknown parameter ${name}`);
    if (typeof value !== "string") throw invalid(`Parameter ${name} must be a string`);
  }
  const oneOf = (name: string, values: readonly string[]): void => {
    const value = textOf(parameters[name]);
    if (value !== undefined && !values.includes(value)) {
      throw invalid(`Parameter ${name} must be one of ${values.join(", ")}`);
    }
  };
  oneOf("ConfigurationOptionsPatchOperation", quickSetup.operations);
  oneOf("RebootOption", quickSetup.reboots);
  checkTargets(place, parameters);
  checkBaselines(place, parameters.SelectedPatchBaselines);
}

function checkTargets({ world, account }: ResourcePlace, parameters: JsonObject): void {
  const units = textOf(parameters.TargetOrganizationalUnits);
  const accounts = textOf(parameters.TargetAccounts);
  if ((units === undefined) === (accounts === undefined)) {
    throw invalid("Specify either TargetAccounts or TargetOrganizationalUnits");
  }
  if (units === undefined) return;
  const organization = organizationWith(world, account);
  if (organization?.managementAccountId !== account) {
    throw handlerError(
      "The requester has insufficient permissions to deploy to organizational units.",
      "AccessDenied",
    );
  }
  if (!isTrusted(organization, cloudformationFacts.principal)) {
    throw invalid("Trusted access for CloudFormation StackSets is not enabled");
  }
  for (const id of units.split(",")) {
    if (id !== organization.root.id && !organization.units.has(id)) {
      throw invalid(`Organizational unit ${id} does not exist`);
    }
  }
}

function checkBaselines({ world, account, region }: ResourcePlace, text: Json | undefined): void {
  let selected: Json;
  try {
    selected = JSON.parse(String(text));
  } catch {
    throw invalid("SelectedPatchBaselines is not valid JSON");
  }
  if (!isJsonObject(selected)) throw invalid("SelectedPatchBaselines must be an object");
  const own = world.state(systemsManagerSlot, account, region).baselines;
  const aws = awsBaselines({ region });
  for (const [system, one] of Object.entries(selected)) {
    const id = baselineId(isJsonObject(one) ? textOf(one.value) : undefined);
    const known =
      own?.get(id)?.content.OperatingSystem ?? aws.find((it) => it.id === id)?.operatingSystem;
    if (known !== system) throw invalid(`Patch baseline ${id} for ${system} does not exist`);
  }
}

function invalid(message: string): Error {
  return handlerError(message, "InvalidRequest");
}
