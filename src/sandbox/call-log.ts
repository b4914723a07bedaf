import { createHash } from "node:crypto";
import { digest } from "../core/digest.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";

/** One call that reached the sandbox. */
export interface CallRecord {
  /** 1-based, in the order of arrival. */
  readonly sequence: number;
  readonly requestId: string;
  /** Milliseconds since the epoch, by the world's clock. */
  readonly at: number;
  /** IAM service prefix. */
  readonly service: string;
  readonly operation: string;
  readonly account: AccountId;
  readonly region: RegionName;
  /** The caller's ARN. */
  readonly caller: string;
  /** Whether the operation changes anything. */
  readonly kind: "read" | "write";
  /** SHA-256 of the input's canonical JSON; absent when the call ended before it was read. */
  inputDigest?: string;
  /** IAM actions that it needed; absent when it was denied, or when policies are not enforced. */
  actions?: readonly string[];
  /** `ok`, the code of the error that was answered, or the fault that befell the call. */
  outcome: string;
}

/** Names of operations that change nothing begin with one of these. */
const readVerbs = /^(Get|List|Describe|Head|BatchGet|Search|Lookup|Is|Simulate|Validate|Check)/;

/** Whether an operation only reads. */
export function isReadOperation(operation: string, readOperations: readonly string[]): boolean {
  return readVerbs.test(operation) || readOperations.includes(operation);
}

/** SHA-256 of an input's canonical JSON, in which bytes stand as their own SHA-256. */
export function inputDigest(input: unknown): string {
  return digest(plain(input));
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return createHash("sha256").update(value).digest("hex");
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
