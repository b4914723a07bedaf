import type { CompiledStatement } from "./compile-statement.ts";
import type { Level, Policy } from "./types.ts";

/** What a set of policies is to a request. */
export const guardKinds = [
  "rcp",
  "scp",
  "resource",
  "endpoint",
  "identity",
  "boundary",
  "session",
] as const;

/** What a set of policies is to a request. */
export type GuardKind = (typeof guardKinds)[number];

/** What {@link compile} takes. A kind that is not given does not restrict. */
export interface CompileInput {
  /** Service control policies of the caller's account: the root first, the account last. */
  readonly scps?: readonly Level[];
  /** Resource control policies of the resource's account: the root first, the account last. */
  readonly rcps?: readonly Level[];
  /** Identity policies of the caller, those of its groups included; one Allow among them is enough. */
  readonly identity?: readonly Policy[];
  /** Permissions boundaries; each must allow. An empty list is none. */
  readonly boundaries?: readonly Policy[];
  /** The policy of the resource, such as a bucket policy or a role's trust policy. */
  readonly resource?: Policy;
  /** Session policies; one Allow among them is enough. An empty list is none. */
  readonly session?: readonly Policy[];
  /** The policy of the VPC endpoint that the request goes through. */
  readonly endpoint?: Policy;
  /** The organization's management account, which SCPs and RCPs do not bind. */
  readonly managementAccount?: string;
}

/** A set of policies in which one Allow is enough and one Deny too much. */
export interface Guard {
  readonly kind: GuardKind;
  /** The id of the root, organizational unit or account; of SCPs and RCPs. */
  readonly level?: string;
  readonly policies: readonly Policy[];
}

/** A guard with its statements compiled. */
export interface CompiledGuard extends Guard {
  readonly statements: readonly CompiledStatement[];
}

/** The guards of an input, in the order in which AWS evaluates them. */
export function guardsOf(input: CompileInput): readonly Guard[] {
  const levels = (kind: GuardKind, found: readonly Level[] | undefined): Guard[] =>
    (found ?? []).map((level) => ({ kind, level: level.id, policies: level.policies }));
  const one = (kind: GuardKind, policies: readonly Policy[] | undefined): Guard[] =>
    policies === undefined ? [] : [{ kind, policies }];
  const { resource, endpoint, session } = input;
  return [
    ...levels("rcp", input.rcps),
    ...levels("scp", input.scps),
    ...one("resource", resource === undefined ? undefined : [resource]),
    ...one("endpoint", endpoint === undefined ? undefined : [endpoint]),
    ...one("identity", input.identity),
    ...(input.boundaries ?? []).map((policy): Guard => ({ kind: "boundary", policies: [policy] })),
    ...one("session", session === undefined || session.length === 0 ? undefined : session),
  ];
}

/** The account at the end of a chain of levels; `undefined` when the chain ends at a unit. */
export function chainAccount(levels: readonly Level[] | undefined): string | undefined {
  const id = levels?.at(-1)?.id;
  return id !== undefined && /^\d{12}$/.test(id) ? id : undefined;
}
