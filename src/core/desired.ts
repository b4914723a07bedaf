import type { Span } from "./diagnostic.ts";
import type { Severity } from "./finding.ts";
import type { AccountId, RegionName } from "./identifiers.ts";
import type { JsonObject } from "./json.ts";
import type { OrganizationPolicyType } from "./policy-type.ts";
import type { AlternateContact, AlternateContactType, Tags } from "./snapshot.ts";

/**
 * Who owns a list. `additive`: what the file names is made so, all else stays. `exclusive`: the
 * list holds what the file names and nothing else (AWS-managed and protected things excepted).
 * `ignore`: the list is neither compared nor changed.
 */
export const ownershipModes = ["additive", "exclusive", "ignore"] as const;

/** Who owns a list. */
export type OwnershipMode = (typeof ownershipModes)[number];

/** The ownership mode of each list of the configuration. */
export interface Ownership {
  readonly organizationalUnits: OwnershipMode;
  readonly accounts: Exclude<OwnershipMode, "exclusive">;
  readonly policies: OwnershipMode;
  readonly attachments: OwnershipMode;
  readonly policyTypes: OwnershipMode;
  readonly trustedAccess: Exclude<OwnershipMode, "exclusive">;
  readonly delegatedAdministrators: OwnershipMode;
  readonly tags: OwnershipMode;
}

/**
 * A path of OU names from the root, such as `["Workloads", "Prod"]`; the root itself is `[]`.
 * As a key it is written with `/` between the names, a `/` inside a name as `\/`.
 */
export type OuPath = readonly string[];

/** An organizational unit as the file wants it. */
export interface DesiredOrganizationalUnit {
  readonly path: OuPath;
  /** Adopts the unit of this id, whatever its name now is: renames it in place. */
  readonly id?: string;
  /** A former path: the unit found there is this one, renamed or re-parented. */
  readonly formerPath?: OuPath;
  readonly tags?: Tags;
  /** Nothing below this unit is compared or changed (LZA's `ignore: true`). */
  readonly ignore: boolean;
  /** Deletes the unit, once empty. */
  readonly remove: boolean;
  readonly span: Span;
}

/** An account as the file wants it. */
export interface DesiredAccount {
  /** The name by which the file refers to it; unique in the file. */
  readonly name: string;
  /** AWS's name of the account where it differs from `name`: accounts of AWS may share a name. */
  readonly accountName?: string;
  /** Compared without regard to case. */
  readonly email: string;
  /** Adopts the account of this id. Without it, an account with the same e-mail is adopted. */
  readonly id?: AccountId;
  readonly parent: OuPath;
  readonly tags?: Tags;
  readonly alternateContacts?: Readonly<
    Partial<Record<AlternateContactType, AlternateContact | null>>
  >;
  /** The role that AWS makes in a new account. */
  readonly roleName?: string;
  readonly iamUserAccessToBilling?: "ALLOW" | "DENY";
  /** Closes the account. Only this word does. */
  readonly close: boolean;
  readonly span: Span;
}

/** A target of a policy: the root, an organizational unit or an account of the file. */
export type DesiredTarget =
  | { readonly kind: "root" }
  | { readonly kind: "organizationalUnit"; readonly path: OuPath }
  | { readonly kind: "account"; readonly name: string };

/** A policy as the file wants it. Policies are named uniquely within a type. */
export interface DesiredPolicy {
  readonly name: string;
  readonly type: OrganizationPolicyType;
  readonly description: string;
  /** The document, minified. Absent for a policy of AWS that is only referred to. */
  readonly content?: string;
  /** Adopts the policy of this id: renames it in place. */
  readonly id?: string;
  readonly formerName?: string;
  readonly tags?: Tags;
  readonly remove: boolean;
  /** Where the document stands: the policy's own file, or its place in the configuration. */
  readonly contentSpan?: Span;
  readonly span: Span;
}

/** A policy attached to a target (`present`), or explicitly not attached. */
export interface DesiredAttachment {
  readonly policy: { readonly name: string; readonly type: OrganizationPolicyType };
  readonly target: DesiredTarget;
  readonly present: boolean;
  readonly span: Span;
}

/** A delegated administrator of one service. */
export interface DesiredDelegatedAdministrator {
  readonly servicePrincipal: string;
  /** Name of an account of the file. */
  readonly account: string;
  readonly present: boolean;
  readonly span: Span;
}

/** A service's block of the file. */
export interface DesiredService {
  /** As the service's own schema gives it. */
  readonly block: JsonObject;
  readonly span: Span;
  /** Where each member of the block stands, by JSON pointer into the block. */
  readonly places: Readonly<Record<string, Span>>;
  /** Texts of the files that it names, by the name that it gives. */
  readonly files: Readonly<Record<string, string>>;
}

/** An entry of the allow list of detection: what a rule finds of some principals is expected. */
export interface DetectionException {
  /** Id of a rule; `*` stands for any text: `organizations/*`. */
  readonly rule: string;
  /** Pattern of principals' ARNs, as in `aws:PrincipalArn`. */
  readonly principal: string;
  /** Only in this account. */
  readonly account?: AccountId;
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it counts, in UTC: `2026-12-31`. */
  readonly expires: string;
  readonly span: Span;
}

/** What detection has to know of the organization that AWS does not say. Absent lists are unknown. */
export interface DesiredDetection {
  readonly allow: readonly DetectionException[];
  /** Buckets that hold logs; `*` stands for any text. */
  readonly logBuckets?: readonly string[];
  /** Logs must be kept so many days at least. */
  readonly logRetentionDays?: number;
  /** KMS keys that logs are encrypted with: ARNs or ids. */
  readonly logKeys?: readonly string[];
  /** Policies whose loss is critical, by name or id. */
  readonly protectedPolicies?: readonly string[];
  /** Roles that change the organization as their work; patterns as in `aws:PrincipalArn`. */
  readonly deployRoles?: readonly string[];
  /** Roles that may take root sessions in member accounts. */
  readonly rootAccessRoles?: readonly string[];
  /** Accounts outside the organization that may be trusted and shared with. */
  readonly trustedAccounts?: readonly AccountId[];
  /** Event rules, queues, topics, functions and log groups that alerts go through: names or ARNs. */
  readonly alertPath?: readonly string[];
}

/** Where a secret is; never the secret itself. */
export type SecretPlace = { readonly env: string } | { readonly file: string };

/** Where `orgrail watch` sends findings, by kind. */
export type DesiredSinkTarget =
  | { readonly type: "stdout"; readonly format: "text" | "jsonl" | "ocsf" }
  | { readonly type: "file"; readonly path: string; readonly format: "jsonl" | "ocsf" }
  | {
      readonly type: "webhook";
      readonly url: string;
      readonly secret?: SecretPlace;
      readonly allowHttp: boolean;
    }
  | { readonly type: "slack"; readonly address: SecretPlace }
  | { readonly type: "sns"; readonly topic: string }
  | { readonly type: "security-hub"; readonly account: AccountId; readonly region: RegionName };

/** Where `orgrail watch` sends findings. */
export interface DesiredSink {
  /** Different for every sink. */
  readonly name: string;
  /** Only findings this bad or worse; all when absent. */
  readonly severity?: Severity;
  readonly target: DesiredSinkTarget;
}

/** What `orgrail watch` reads and where it sends findings. */
export interface DesiredWatch {
  /** Queues, places in S3 and folders, as on the command line. */
  readonly sources: readonly string[];
  readonly sinks: readonly DesiredSink[];
}

/** An entry of `audit.exceptions`: what a rule of `orgrail audit` finds there is accepted. */
export interface AuditException {
  /** Id of a rule; `*` stands for any text: `guardduty/*`. */
  readonly rule: string;
  /** Id or name of the account; all when absent. */
  readonly account?: string;
  readonly region?: RegionName;
  /** ARN or address of a resource; `*` stands for any text. */
  readonly resource?: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it counts, in UTC: `2026-12-31`. */
  readonly expires: string;
  readonly span: Span;
}

/** What `orgrail audit` has to know of the organization that AWS does not say. */
export interface DesiredAudit {
  readonly exceptions: readonly AuditException[];
  /** Ids or names of the accounts that may administer a service, by service principal. */
  readonly delegatedAdministrators?: Readonly<Record<string, readonly string[]>>;
  /** Names of roles, with their path, that must stay able to act when all else fails. */
  readonly breakGlassRoles?: readonly string[];
}

/** What an organization should be: the configuration with all references resolved to names. */
export interface Desired {
  readonly schemaVersion: 1;
  readonly organization: {
    readonly id?: string;
    readonly managementAccountId?: AccountId;
    readonly homeRegion?: RegionName;
    readonly governedRegions: readonly RegionName[];
    /** Roles by which member accounts are entered; AWS's own when absent. */
    readonly memberRoles?: { readonly read?: string; readonly write?: string };
    readonly span: Span;
  };
  readonly ownership: Ownership;
  readonly rootTags?: Tags;
  /** Parents before children. */
  readonly organizationalUnits: readonly DesiredOrganizationalUnit[];
  readonly accounts: readonly DesiredAccount[];
  readonly policies: readonly DesiredPolicy[];
  readonly attachments: readonly DesiredAttachment[];
  readonly policyTypes: readonly {
    readonly type: OrganizationPolicyType;
    readonly enabled: boolean;
    readonly span: Span;
  }[];
  readonly trustedAccess: readonly {
    readonly servicePrincipal: string;
    readonly enabled: boolean;
    readonly span: Span;
  }[];
  readonly delegatedAdministrators: readonly DesiredDelegatedAdministrator[];
  /** `null`: the policy shall be deleted. Absent: not managed. */
  readonly resourcePolicy?: {
    readonly content: string;
    readonly tags?: Tags;
    readonly span: Span;
  } | null;
  /** Roles that a plan must never lock out, beside orgrail's own; patterns as in `aws:PrincipalArn`. */
  readonly protectedRoles: readonly string[];
  /** What each service should be, by IAM service prefix: a checked block of `services:`. */
  readonly services?: Readonly<Record<string, DesiredService>>;
  readonly detection?: DesiredDetection;
  readonly audit?: DesiredAudit;
  readonly watch?: DesiredWatch;
  /** Where the lock between two applies lives; a local file when absent. */
  readonly lock?: { readonly bucket: string; readonly key: string; readonly region?: RegionName };
}

/**
 * Writes an OU path as a key: names joined by `/`, the root as `Root`. A backslash takes the
 * character after it as it is: `/` and `\` inside a name, and the first character of a unit below
 * the root that would read as the root (`\Root`) or as an account (`\account:x`).
 */
export function ouPathKey(path: OuPath): string {
  if (path.length === 0) return "Root";
  const key = path.map(escaped).join("/");
  return key === "Root" || key.startsWith("account:") ? `\\${key}` : key;
}

function escaped(name: string): string {
  const isPlain = !name.includes("/") && !name.includes("\\");
  return isPlain ? name : name.replaceAll("\\", "\\\\").replaceAll("/", "\\/");
}

/** Reads a key that {@link ouPathKey} writes; `undefined` when a name in it is empty. */
export function parseOuPath(key: string): OuPath | undefined {
  if (key === "Root") return [];
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < key.length; i++) {
    const character = key.charAt(i);
    if (character === "\\" && i + 1 < key.length) name += key.charAt(++i);
    else if (character === "/") {
      names.push(name);
      name = "";
    } else name += character;
  }
  names.push(name);
  return names.includes("") ? undefined : names;
}
