import type { Diagnostic, Span } from "../../core/diagnostic.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import type { Tags } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { configCodes } from "../codes.ts";
import { keySpan, type Places, placeOf } from "../places.ts";
import type { Report } from "../report.ts";
import type { ConfigInput, ConfigValues, Partly } from "../schema/config-input.ts";

/** A diagnostic about a guardrail's parameters; `parameter` says which one. */
export interface GuardrailDiagnostic extends Diagnostic {
  readonly parameter?: string;
}

/** The library of guardrails, as far as the configuration needs it. */
export interface GuardrailResolver {
  readonly names: readonly string[];
  resolve(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): {
    /** The document as JSON text. */
    readonly content?: string;
    readonly type?: OrganizationPolicyType;
    readonly description?: string;
    readonly diagnostics: readonly GuardrailDiagnostic[];
  };
}

/** What is left of the configuration once the schema is satisfied, and where it stands. */
export interface Context {
  readonly file: string;
  readonly config: Partly<ConfigInput>;
  readonly places: Places;
  readonly report: Report;
  readonly values: ConfigValues;
  readonly readFile: (path: string) => string | undefined;
  readonly whyNotRead?: ((path: string) => string) | undefined;
  readonly guardrails: GuardrailResolver | undefined;
  /** Ids of the rules over events, where they are known. */
  readonly detectionRules: readonly string[] | undefined;
  /** Ids of the rules of the audit, where they are known. */
  readonly auditRules: readonly string[] | undefined;
  /** Texts of the files that were read, by path; grows while policies are read. */
  readonly sources: Map<string, string>;
}

/** Where the value at a pointer stands. */
export function spanAt(context: Context, at: string): Span {
  return placeOf(context.places, at).span;
}

/** Where the key of the member at a pointer stands. */
export function keyAt(context: Context, at: string): Span {
  return keySpan(context.places, at);
}

/** The items of a list that are left, with their pointers. */
export function* items<T>(
  list: readonly (T | undefined)[] | undefined,
  at: string,
): Generator<readonly [item: T, at: string]> {
  for (const [i, item] of (list ?? []).entries()) {
    if (item !== undefined) yield [item, `${at}/${i}`];
  }
}

/** Finds what is given twice. */
export interface Uniqueness {
  /** Reports the value when it was seen before. `true`: it is new. */
  check(key: string, span: Span, summary: string, help: string): boolean;
}

/** Watches values of one kind for duplicates. */
export function uniqueness(
  context: Context,
  code: (typeof configCodes)[keyof typeof configCodes],
): Uniqueness {
  const seen = new Map<string, Span>();
  return {
    check: (key, span, summary, help) => {
      const earlier = seen.get(key);
      if (earlier === undefined) {
        seen.set(key, span);
        return true;
      }
      context.report.error(code, summary, span, `${help} (first in line ${earlier.start.line})`);
      return false;
    },
  };
}

/** The tags that are left, counted. */
export function checkedTags(
  context: Context,
  tags: Partly<Readonly<Record<string, string>>> | undefined,
  at: string,
): Tags | undefined {
  if (tags === undefined) return undefined;
  const entries = Object.entries(tags).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const most = organizationsQuotas.tagsPerResource;
  if (entries.length > most) {
    context.report.error(
      configCodes.tooManyTags,
      `${entries.length} tags; AWS allows ${most}`,
      keyAt(context, at),
    );
  }
  return Object.fromEntries(entries);
}

/** Whether a list could be read, so that a name that is missing from it is really missing. */
export function isReadable(
  context: Context,
  list: "organizationalUnits" | "accounts" | "policies",
): boolean {
  return context.config[list] !== undefined || !context.places.has(`/${list}`);
}

/** Reports that two statements of the file exclude each other. */
export function contradiction(context: Context, summary: string, span: Span, help?: string): void {
  context.report.error(configCodes.contradiction, summary, span, help);
}
