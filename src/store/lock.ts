/** Keeps two applies to one organization apart. */
export interface Lock {
  /**
   * Takes the lock. Throws ORGRAIL4210, which names the holder, when another has it.
   */
  acquire(signal?: AbortSignal): Promise<HeldLock>;
}

/** A lock that is held. */
export interface HeldLock {
  /** For messages: where the lock is. */
  readonly name: string;
  /** Aborted when the lock is lost while it is held. */
  readonly lost: AbortSignal;
  /** To be called just before a write. Throws ORGRAIL4211 when the lock is not held any more. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Who holds a lock, for the message to whoever waits for it. */
export interface LockOwner {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** What it does, such as `apply`. */
  readonly purpose: string;
}
