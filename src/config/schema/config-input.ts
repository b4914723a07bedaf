import type { Ownership } from "../../core/desired.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import type { AlternateContact } from "../../core/snapshot.ts";

/** A value that `${{ name }}` stands for. */
export type ConfigValue = string | number | boolean | readonly string[];

/** Values by name. */
export type ConfigValues = Readonly<Record<string, ConfigValue>>;

/** Members with `undefined` left open, as zod infers optional members. */
type Open<T> = { readonly [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

/** A policy, referred to by its name or, where two types have it, by type and name. */
export type PolicyReferenceInput =
  | string
  | { readonly name: string; readonly type: OrganizationPolicyType };

/** Where a document stands: in the configuration or in a file beside it. */
export type DocumentInput = Open<{
  content?: Readonly<Record<string, unknown>>;
  file?: string;
}>;

/** `organization` of `orgrail.yaml`. */
export type OrganizationInput = Open<{
  id?: string;
  managementAccountId?: string;
  homeRegion?: string;
  governedRegions?: readonly string[];
  memberRoles?: Open<{ read?: string; write?: string }>;
  policyTypes?: readonly (
    | OrganizationPolicyType
    | { readonly type: OrganizationPolicyType; readonly enabled: boolean }
  )[];
  trustedAccess?: readonly (
    | string
    | { readonly servicePrincipal: string; readonly enabled: boolean }
  )[];
  delegatedAdministrators?: readonly Open<{
    account: string;
    services?: readonly string[];
    remove?: readonly string[];
  }>[];
  resourcePolicy?: DocumentInput &
    Open<{ tags?: Readonly<Record<string, string>>; remove?: boolean }>;
}>;

/** An organizational unit of `orgrail.yaml`. */
export type OrganizationalUnitInput = Open<{
  name: string;
  id?: string;
  formerPath?: string;
  tags?: Readonly<Record<string, string>>;
  policies?: readonly PolicyReferenceInput[];
  ignore?: boolean;
  remove?: boolean;
  organizationalUnits?: readonly OrganizationalUnitInput[];
}>;

/** An account of `orgrail.yaml`. */
export type AccountInput = Open<{
  name: string;
  key?: string;
  email: string;
  id?: string;
  organizationalUnit: string;
  tags?: Readonly<Record<string, string>>;
  alternateContacts?: Open<{
    billing?: AlternateContact | null;
    operations?: AlternateContact | null;
    security?: AlternateContact | null;
  }>;
  roleName?: string;
  iamUserAccessToBilling?: "ALLOW" | "DENY";
  policies?: readonly PolicyReferenceInput[];
  close?: boolean;
}>;

/** A policy of `orgrail.yaml`. */
export type PolicyInput = DocumentInput &
  Open<{
    name: string;
    type?: OrganizationPolicyType;
    description?: string;
    guardrail?: string;
    parameters?: Readonly<Record<string, unknown>>;
    awsManaged?: boolean;
    id?: string;
    formerName?: string;
    tags?: Readonly<Record<string, string>>;
    attach?: readonly string[];
    detach?: readonly string[];
    remove?: boolean;
  }>;

/** `detect` of `orgrail.yaml`. */
export type DetectInput = Open<{
  allow?: readonly Open<{
    rule: string;
    principal: string;
    account?: string;
    reason: string;
    owner?: string;
    expires: string;
  }>[];
  logBuckets?: readonly string[];
  logRetentionDays?: number;
  logKeys?: readonly string[];
  protectedPolicies?: readonly string[];
  deployRoles?: readonly string[];
  rootAccessRoles?: readonly string[];
  trustedAccounts?: readonly string[];
  alertPath?: readonly string[];
}>;

/** Where a secret is. */
export type SecretPlaceInput = Open<{ env?: string; file?: string }>;

/** An item of `watch.sinks` of `orgrail.yaml`. */
export type SinkInput = Open<{
  type: "stdout" | "file" | "webhook" | "slack" | "sns" | "security-hub";
  name?: string;
  severity?: "critical" | "high" | "medium" | "low" | "info";
  format?: "text" | "jsonl" | "ocsf";
  path?: string;
  url?: string;
  secret?: SecretPlaceInput;
  allowHttp?: boolean;
  address?: SecretPlaceInput;
  topic?: string;
  account?: string;
  region?: string;
}>;

/** `watch` of `orgrail.yaml`. */
export type WatchInput = Open<{ sources?: readonly string[]; sinks?: readonly SinkInput[] }>;

/** `audit` of `orgrail.yaml`. */
export type AuditBlockInput = Open<{
  exceptions?: readonly Open<{
    rule: string;
    account?: string;
    region?: string;
    resource?: string;
    owner: string;
    reason: string;
    expires: string;
  }>[];
  delegatedAdministrators?: Readonly<Record<string, readonly string[]>>;
  breakGlassRoles?: readonly string[];
}>;

/** The configuration as the schema takes it, after substitution. */
export type ConfigInput = Open<{
  version: 1;
  values?: ConfigValues;
  organization?: OrganizationInput;
  ownership?: Open<Partial<Ownership>>;
  protectedRoles?: readonly string[];
  lock?: Open<{ bucket: string; key: string; region?: string }>;
  root?: Open<{
    tags?: Readonly<Record<string, string>>;
    policies?: readonly PolicyReferenceInput[];
  }>;
  organizationalUnits?: readonly OrganizationalUnitInput[];
  accounts?: readonly AccountInput[];
  policies?: readonly PolicyInput[];
  detect?: DetectInput;
  audit?: AuditBlockInput;
  watch?: WatchInput;
  services?: Readonly<Record<string, unknown>>;
}>;

/**
 * What is left of a value once its invalid parts are cut out: every member and every item may be
 * missing.
 */
export type Partly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly (Partly<Item> | undefined)[]
    : T extends object
      ? { readonly [K in keyof T]?: Partly<T[K]> | undefined }
      : T;
