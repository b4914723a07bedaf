import type { AccountId, RegionName } from "./identifiers.ts";

/** Why a read gave no answer. */
export type GapKind =
  | "access-denied"
  | "credentials"
  | "throttled"
  | "region-disabled"
  | "not-enrolled"
  | "unsupported"
  | "timeout"
  | "failed";

/**
 * A read that gave no answer: an expected outcome of talking to AWS, carried as data so that it is
 * named, counted and shown, and never taken for absence.
 */
export interface Gap {
  readonly kind: GapKind;
  /** IAM service prefix and API operation, such as `organizations:ListRoots`. */
  readonly operation: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  readonly region?: RegionName;
  /** What the read was about: a path into the snapshot such as `accounts/111122223333/tags`. */
  readonly subject: string;
  /** What AWS said. */
  readonly message: string;
  /** The IAM action that is missing, when AWS denied the read. */
  readonly missingPermission?: string;
  readonly requestId?: string;
}

/** The outcome of a read: a value, or the gap that stands in its place. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly gap: Gap };

/** A read that succeeded. */
export function value<T>(read: T): Read<T> {
  return { ok: true, value: read };
}

/** A read that gave no answer. */
export function gap<T>(why: Gap): Read<T> {
  return { ok: false, gap: why };
}
