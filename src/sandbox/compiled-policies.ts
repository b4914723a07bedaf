import {
  compile,
  type Guardrails,
  type Level,
  type Policy,
  type PolicyType,
  parsePolicy,
} from "../policy/index.ts";
import type { PolicyLevel } from "./service.ts";

/** The texts of all policies that bear on a caller's request. */
export interface PolicyTexts {
  readonly identity: readonly string[];
  readonly session: readonly string[];
  readonly boundary?: string;
  readonly resource?: string;
  /** Empty: the caller's account is under no service control policies. */
  readonly scps: readonly PolicyLevel[];
  /** Empty: the resource's account is under no resource control policies. */
  readonly rcps: readonly PolicyLevel[];
  readonly managementAccount: string | undefined;
}

/** Compiled policies, each set compiled once. */
export interface CompiledPolicies {
  of(texts: PolicyTexts): Guardrails;
}

/** More sets than this are not kept: the policies of an organization that changes without end. */
const maxKept = 2000;

/** A bounded store of compiled policies, empty at first. */
export function compiledPolicies(): CompiledPolicies {
  const numbers = new Map<string, number>();
  const parsed = new Map<string, Policy | undefined>();
  const kept = new Map<string, Guardrails>();

  const parse = (type: PolicyType, text: string, name?: string): Policy[] => {
    const key = `${type} ${numberOf(text)} ${name ?? ""}`;
    if (!parsed.has(key)) {
      parsed.set(key, parsePolicy(text, { type, ...(name === undefined ? {} : { name }) }).policy);
    }
    const policy = parsed.get(key);
    return policy === undefined ? [] : [policy];
  };
  const numberOf = (text: string): number => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(text, number);
    }
    return number;
  };
  const keyOf = (texts: PolicyTexts): string => {
    const list = (items: readonly string[]): string => items.map(numberOf).join(",");
    const levels = (items: readonly PolicyLevel[]): string =>
      items.map(({ id, policies }) => `${id}:${list(policies.map((p) => p.content))}`).join("/");
    return [
      list(texts.identity),
      list(texts.session),
      texts.boundary === undefined ? "" : numberOf(texts.boundary),
      texts.resource === undefined ? "" : numberOf(texts.resource),
      levels(texts.scps),
      levels(texts.rcps),
      texts.managementAccount,
    ].join(";");
  };
  const levelsOf = (type: PolicyType, levels: readonly PolicyLevel[]): Level[] =>
    levels.map(({ id, policies }) => ({
      id,
      policies: policies.flatMap(({ name, content }) => parse(type, content, name)),
    }));

  return {
    of: (texts) => {
      const key = keyOf(texts);
      let guardrails = kept.get(key);
      if (guardrails !== undefined) return guardrails;
      if (kept.size >= maxKept) {
        kept.clear();
        parsed.clear();
        numbers.clear();
      }
      const identities = (all: readonly string[]): Policy[] =>
        all.flatMap((text) => parse("IDENTITY_POLICY", text));
      const [resource] =
        texts.resource === undefined ? [] : parse("RESOURCE_POLICY", texts.resource);
      const { scps, rcps, boundary, managementAccount } = texts;
      guardrails = compile({
        identity: identities(texts.identity),
        session: identities(texts.session),
        ...(boundary === undefined ? {} : { boundaries: identities([boundary]) }),
        ...(resource === undefined ? {} : { resource }),
        ...(scps.length === 0 ? {} : { scps: levelsOf("SERVICE_CONTROL_POLICY", scps) }),
        ...(rcps.length === 0 ? {} : { rcps: levelsOf("RESOURCE_CONTROL_POLICY", rcps) }),
        ...(managementAccount === undefined ? {} : { managementAccount }),
      });
      kept.set(keyOf(texts), guardrails);
      return guardrails;
    },
  };
}
