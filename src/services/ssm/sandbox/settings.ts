import type {
  GetServiceSettingCommandInput,
  GetServiceSettingCommandOutput,
  ResetServiceSettingCommandInput,
  ResetServiceSettingCommandOutput,
  ServiceSetting,
  UpdateServiceSettingCommandInput,
  UpdateServiceSettingCommandOutput,
} from "@aws-sdk/client-ssm";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { invalid, settingNotFound } from "./errors.ts";
import { type Served, stateOf } from "./state.ts";

/** GetServiceSetting. */
export const getServiceSetting: Served<
  GetServiceSettingCommandInput,
  GetServiceSettingCommandOutput
> = (context, input) => ({
  ServiceSetting: settingOutput(context, settingId(context, input.SettingId)),
});

/** UpdateServiceSetting. */
export const updateServiceSetting: Served<
  UpdateServiceSettingCommandInput,
  UpdateServiceSettingCommandOutput
> = (context, input) => {
  const { world, caller } = context;
  const id = settingId(context, input.SettingId);
  const value = input.SettingValue ?? "";
  const known = systemsManagerFacts.settings[id]?.values;
  if (known !== undefined && !known.includes(value)) {
    throw invalid(`The value ${value} is not valid for the setting ${id}`);
  }
  const state = stateOf(context);
  state.settings ??= new Map();
  state.settings.set(id, { value, by: caller.arn, at: world.clock.now() });
  return {};
};

/** ResetServiceSetting: gives AWS's own value back. */
export const resetServiceSetting: Served<
  ResetServiceSettingCommandInput,
  ResetServiceSettingCommandOutput
> = (context, input) => {
  const id = settingId(context, input.SettingId);
  stateOf(context).settings?.delete(id);
  return { ServiceSetting: settingOutput(context, id) };
};

/** A setting is named by its id or by its ARN in the caller's account and Region. */
function settingId({ caller, region }: HandlerContext, given = ""): string {
  const prefix = `arn:aws:ssm:${region}:${caller.account}:servicesetting`;
  const id = given.startsWith(prefix) ? given.slice(prefix.length) : given;
  if (systemsManagerFacts.settings[id] === undefined) throw settingNotFound(given);
  return id;
}

function settingOutput(context: HandlerContext, id: string): ServiceSetting {
  const { caller, region } = context;
  const set = stateOf(context).settings?.get(id);
  return {
    SettingId: id,
    SettingValue: set?.value ?? systemsManagerFacts.settings[id]?.default ?? "",
    LastModifiedDate: new Date(set?.at ?? Date.parse("2018-01-01")),
    LastModifiedUser: set?.by ?? "System",
    ARN: `arn:aws:ssm:${region}:${caller.account}:servicesetting${id}`,
    Status: set === undefined ? "Default" : "Customized",
  };
}
