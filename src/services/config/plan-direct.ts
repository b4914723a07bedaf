import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
import type { Address } from "../../core/plan.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { configFacts } from "../../data/config.ts";
import { thingAddress } from "../kit/address.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { at, type Planning } from "./planning.ts";
import {
  channelFacet,
  channelInput,
  isGlobalRegion,
  recorderFacet,
  recorderInput,
} from "./recorder-facet.ts";
import type { PlaceState } from "./state.ts";

/**
 * Plans recorders account by account: in the management account always, in the others where the
 * block says so. Gives the addresses of what is made.
 */
export function planDirect(planning: Planning, bucket: readonly Address[]): readonly Address[] {
  const { block, state, accounts, regions } = planning;
  const direct = accounts.filter(
    ({ isManagement }) => isManagement || block.deployment === "direct",
  );
  const made: Address[] = [];
  for (const account of direct) {
    const role = planLinkedRole(planning, account);
    if (role === undefined) continue;
    for (const region of regions) {
      if (!isRegionEnabled(account, region)) continue;
      made.push(...planPlace(planning, account, region, [...bucket, role]));
    }
  }
  for (const account of accounts) {
    for (const region of regions) {
      const days = state.retention[`${String(account.id)}/${region}`];
      if (isRegionEnabled(account, region)) planRetention(planning, account, region, days);
    }
  }
  return made;
}

/** The changes that end what was made account by account. */
export function planDirectRemoval(planning: Planning, after: readonly Address[]): void {
  const { block, state, accounts, changes } = planning;
  const direct = accounts.filter(
    ({ isManagement }) => isManagement || block.deployment === "direct",
  );
  for (const account of direct) {
    for (const region of planning.regions) {
      const place = state.places[`${String(account.id)}/${region}`];
      if (place?.recorder?.name !== block.recorder.name) continue;
      const address = recorderAddress(account, region);
      const shared = {
        ...at(account, region),
        reason: "the file says `remove: true`",
        risk: "protection",
        phase: "undo",
      } as const;
      const name = block.recorder.name;
      if (place.recording) {
        changes.push({
          ...shared,
          operation: "StopConfigurationRecorder",
          address: `${address}/recording`,
          action: "disable",
          input: { ConfigurationRecorderName: name },
          before: { recording: true },
          after: { recording: false },
          needs: after,
        });
      }
      if (place.channel?.name === name) {
        changes.push({
          ...shared,
          operation: "DeleteDeliveryChannel",
          address: `${address}/channel`,
          action: "delete",
          input: { DeliveryChannelName: name },
          before: place.channel,
          after: null,
          needs: [`${address}/recording`],
        });
      }
      changes.push({
        ...shared,
        operation: "DeleteConfigurationRecorder",
        address,
        action: "delete",
        input: { ConfigurationRecorderName: name },
        before: place.recorder,
        after: null,
        needs: [`${address}/recording`, `${address}/channel`],
      });
    }
  }
}

/** Shows a recorder that was made by other means; it is left as it is. */
export function showForeign(planning: Planning, account: PlannedAccount, place: PlaceState): void {
  const { region, recorder, recording } = place;
  planning.foreign.push({
    address: recorderAddress(account, region),
    id: String(recorder?.name ?? ""),
    note: recording ? "made by other means, recording" : "made by other means, and not recording",
  });
}

/** Address of a recorder. */
export function recorderAddress({ name }: PlannedAccount, region: RegionName): Address {
  return thingAddress("config", "recorder", { account: name, region });
}

/** The role that is linked to Config; `undefined`: whether it is there is not known. */
function planLinkedRole(planning: Planning, account: PlannedAccount): Address | undefined {
  const address = thingAddress("config", "linkedRole", { account: account.name });
  const has = account.exists ? planning.state.linkedRoles[String(account.id)] : false;
  if (has === undefined) return undefined;
  planning.compared.push(address);
  if (has) return address;
  planning.changes.push({
    ...at(account),
    operation: "CreateServiceLinkedRole",
    address,
    action: "create",
    input: { AWSServiceName: configFacts.principals.config },
    before: null,
    after: { exists: true },
    reason: "the recorder works by the role that is linked to Config",
    needs: [`account:${account.name}`],
  });
  return address;
}

function planPlace(
  planning: Planning,
  account: PlannedAccount,
  region: RegionName,
  needs: readonly Address[],
): readonly Address[] {
  const { block, state, facts, changes, compared } = planning;
  const address = recorderAddress(account, region);
  const place = account.exists
    ? state.places[`${String(account.id)}/${region}`]
    : { account: "", region, recorder: null, recording: false, channel: null };
  if (place === undefined) return []; // A gap says why it was not read.
  compared.push(address);
  const { name } = block.recorder;
  if (place.recorder !== null && place.recorder.name !== name) {
    showForeign(planning, account, place);
    return [address];
  }
  const { path, name: role } = configFacts.serviceLinkedRole;
  const id = typeof account.id === "string" ? account.id : "";
  const roleArn = `arn:${facts.partition}:iam::${id}:role/${path}${role}`;
  const isGlobal = isGlobalRegion(block.recorder, region, facts.homeRegion);
  const recorder = recorderInput(block.recorder, isGlobal, roleArn);
  const channel = channelInput(name, block.delivery);
  const wanted: readonly Pick<
    ServiceChange,
    "operation" | "address" | "action" | "input" | "before" | "after" | "reason" | "needs" | "path"
  >[] = [
    {
      operation: "PutConfigurationRecorder",
      address,
      action: place.recorder === null ? "create" : "update",
      input: { ConfigurationRecorder: recorder as unknown as JsonObject },
      before: place.recorder,
      after: recorderFacet(recorder),
      reason: place.recorder === null ? "nothing is recorded here" : "the file has it otherwise",
      path: ["recorder"],
      needs,
    },
    {
      operation: "PutDeliveryChannel",
      address: `${address}/channel`,
      action: place.channel === null ? "create" : "update",
      input: { DeliveryChannel: channel as unknown as JsonObject },
      before: place.channel,
      after: channelFacet(channel),
      reason:
        place.channel === null ? "nothing is delivered from here" : "the file has it otherwise",
      path: ["delivery"],
      needs: [address, ...needs],
    },
    {
      operation: "StartConfigurationRecorder",
      address: `${address}/recording`,
      action: "enable",
      input: { ConfigurationRecorderName: name },
      before: { recording: place.recording },
      after: { recording: true },
      reason: "the recorder does not record",
      path: ["recorder"],
      needs: [address, `${address}/channel`],
    },
  ];
  for (const change of wanted) {
    if (canonicalJson(change.before) === canonicalJson(change.after)) continue;
    changes.push({ ...at(account, region), ...change });
  }
  return [address, `${address}/channel`, `${address}/recording`];
}

function planRetention(
  planning: Planning,
  account: PlannedAccount,
  region: RegionName,
  days: number | null | undefined,
): void {
  const { block, changes, compared } = planning;
  const { retentionDays } = block;
  if (retentionDays === undefined || (days === undefined && account.exists)) return;
  const address = thingAddress("config", "retention", { account: account.name, region });
  compared.push(address);
  if (days === retentionDays) return;
  changes.push({
    ...at(account, region),
    operation: "PutRetentionConfiguration",
    address,
    action: "update",
    input: { RetentionPeriodInDays: retentionDays },
    before: { days: days ?? null },
    after: { days: retentionDays },
    reason: "the file gives the number of days",
    ...(days !== undefined && days !== null && days > retentionDays
      ? { risk: "destructive" as const }
      : {}),
    path: ["retentionDays"],
    needs: [`account:${account.name}`],
  });
}
