import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { invalidInput } from "./errors.ts";
import type { TagMap } from "./state.ts";

const { lengths } = organizationsQuotas;

/** What a string parameter must be. */
export interface TextRule {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
  /** Reason when the pattern does not match; `INVALID_PATTERN` when absent. */
  readonly reason?: string;
}

/** Checks a required string parameter and gives it back. */
export function text(value: string | undefined, rule: TextRule = {}): string {
  if (value === undefined || value === null) throw inputRequired();
  if (value.length < (rule.minimum ?? 1)) {
    throw invalidInput(
      "MIN_LENGTH_EXCEEDED",
      "You provided a string parameter that is shorter than allowed.",
    );
  }
  if (rule.maximum !== undefined && value.length > rule.maximum) {
    throw invalidInput(
      "MAX_LENGTH_EXCEEDED",
      "You provided a string parameter that is longer than allowed.",
    );
  }
  if (rule.pattern !== undefined && !rule.pattern.test(value)) {
    throw invalidInput(
      rule.reason ?? "INVALID_PATTERN",
      "You provided a value that does not match the required pattern.",
    );
  }
  return value;
}

/** A required parameter is missing. */
export function inputRequired(): Error {
  return invalidInput("INPUT_REQUIRED", "You must include a value for all required parameters.");
}

/** Checks a required parameter that takes one of a list of words. */
export function oneOf<T extends string>(
  value: string | undefined,
  words: readonly T[],
  reason = "INVALID_ENUM",
): T {
  if (value === undefined || value === null) throw inputRequired();
  if (!(words as readonly string[]).includes(value)) {
    throw invalidInput(
      reason,
      reason === "INVALID_ENUM_POLICY_TYPE"
        ? "You specified an invalid policy type."
        : "You specified an invalid value.",
    );
  }
  return value as T;
}

/** Patterns of the identifiers that the operations take, by the API reference. */
export const patterns: Readonly<
  Record<
    | "account"
    | "child"
    | "creation"
    | "handshake"
    | "parent"
    | "policy"
    | "root"
    | "taggable"
    | "target"
    | "transfer"
    | "unit",
    RegExp
  >
> = {
  account: /^\d{12}$/,
  child: /^(\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  creation: /^car-[a-z0-9]{8,32}$/,
  handshake: /^h-[0-9a-z]{8,32}$/,
  parent: /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  policy: /^p-[0-9a-zA-Z_]{8,128}$/,
  root: /^r-[0-9a-z]{4,32}$/,
  taggable:
    /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|p-[0-9a-zA-Z_]{8,128}|rp-[0-9a-zA-Z_]{4,128}|rt-[0-9a-z]{8,32})$/,
  target: /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  transfer: /^rt-[0-9a-z]{8,32}$/,
  unit: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
};

/** Checks an identifier. */
export function identifier(value: string | undefined, kind: keyof typeof patterns): string {
  return text(value, {
    pattern: patterns[kind],
    ...(kind === "target" ? { reason: "INVALID_PATTERN_TARGET_ID" } : {}),
  });
}

/** Checks a service principal's form. */
export function servicePrincipal(value: string | undefined): string {
  return text(value, { maximum: lengths.servicePrincipal, pattern: /^[\w+=,.@-]*$/ });
}

/** Checks an e-mail address as far as the request's own pattern goes. */
export function email(value: string | undefined): string {
  return text(value, { ...lengths.email, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ });
}

/**
 * Whether an e-mail address meets AWS's further rules, which CreateAccount reports at its end.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html
 */
export function isUsableEmail(value: string): boolean {
  const [local = "", domain = ""] = value.split("@");
  return (
    /^[\x21-\x7e]+$/.test(value) &&
    !/["'()<>[\]:;,\\|%&]/.test(local) &&
    !local.startsWith(".") &&
    /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(domain) &&
    domain.includes(".")
  );
}

/** Checks tags of a request and gives them as a map. */
export function tagMap(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): TagMap {
  const map: TagMap = new Map();
  for (const tag of tags ?? []) {
    const key = tagKey(tag.Key);
    const value = text(tag.Value, { minimum: 0, maximum: lengths.tagValue });
    if (map.has(key)) {
      throw invalidInput(
        "DUPLICATE_TAG_KEY",
        "Tag keys must be unique among the tags attached to the same entity.",
      );
    }
    map.set(key, value);
  }
  return map;
}

/** Checks a tag key; AWS's own keys are refused. */
export function tagKey(value: string | undefined): string {
  const key = text(value, { maximum: lengths.tagKey });
  if (key.toLowerCase().startsWith("aws:")) {
    throw invalidInput(
      "INVALID_SYSTEM_TAGS_PARAMETER",
      "You specified a tag key that is a system tag. You can't add, edit, or delete system tag " +
        "keys because they're reserved for AWS use.",
    );
  }
  return key;
}
