import type { AccountId } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** Names of what is read and set in an account and Region. */
export const settingNames = [
  "ebsEncryption",
  "ebsKey",
  "instanceMetadata",
  "snapshots",
  "images",
  "serialConsole",
  "vpcInternetAccess",
  "allowedImages",
] as const;

/** Name of what is read and set in an account and Region. */
export type SettingName = (typeof settingNames)[number];

/** A setting as it was read, by the API's words. */
export interface SettingState {
  readonly value: JsonObject;
  /** A policy of the organization holds it. */
  readonly isDeclared?: true;
}

/** What was read of EC2. What is absent was not read. */
export interface Ec2State {
  /** By setting and `account/region`. */
  readonly settings: Readonly<Partial<Record<SettingName, Readonly<Record<string, SettingState>>>>>;
  /** `account/region` in which Config proves that EBS encrypts by default. */
  readonly encrypted: readonly string[];
  /** Effective declarative policies, numbered; computed without a call. */
  readonly policies: readonly JsonObject[];
  /** Number of an account's policy; `null`: none bears on it. */
  readonly policyOf: Readonly<Record<AccountId, number | null>>;
}
