import type { Finding } from "../../core/finding.ts";

/** A finding that a sink will never take, as it is. */
export interface RefusedFinding {
  readonly id: string;
  readonly reason: string;
}

/** Where findings go. */
export interface Sink {
  /** Different for every sink of a watcher, and the same after a restart. */
  readonly name: string;
  /** The most findings that it takes at once. */
  readonly most: number;
  /** What it gets again after a crash is the same delivery: it is noted before it goes. */
  readonly knowsDeliveries?: boolean;
  /**
   * Hands findings over; those that it refuses for good are given back. Throws a {@link SinkFailure}
   * or any other error when it must be tried again.
   */
  deliver(findings: readonly Finding[], signal: AbortSignal): Promise<readonly RefusedFinding[]>;
  close?(): Promise<void>;
}

/** A delivery that failed and may succeed later. The message holds no secret. */
export class SinkFailure extends Error {
  /** How long the other side asks to wait. */
  readonly waitMs: number | undefined;
  /** The other side does not like what was sent: it is not tried for ever. */
  readonly isRefusal: boolean;
  /** It can never succeed: the watcher ends, and what is left is kept. */
  readonly isFinal: boolean;

  constructor(
    message: string,
    options: {
      readonly waitMs?: number;
      readonly isRefusal?: boolean;
      readonly isFinal?: boolean;
    } = {},
  ) {
    super(message);
    this.name = "SinkFailure";
    this.waitMs = options.waitMs;
    this.isRefusal = options.isRefusal ?? false;
    this.isFinal = options.isFinal ?? false;
  }
}
