import type { Aws } from "../aws/aws.ts";
import type { Desired } from "../core/desired.ts";
import { fileLock } from "../store/file-lock.ts";
import type { HeldLock } from "../store/lock.ts";
import { thisProcess } from "../store/process-identity.ts";
import { s3Lock } from "../store/s3-lock.ts";
import type { Deps } from "./deps.ts";

/** What {@link openLock} locks. */
export interface OpenLockOptions {
  readonly organizationId: string;
  /** Folder of the lock by file. */
  readonly folder: string;
  /** The configuration's lock, which other machines share. */
  readonly shared: Desired["lock"];
}

/** Takes the lock that keeps two applies apart. Throws ORGRAIL4210 when another has it. */
export async function openLock(deps: Deps, aws: Aws, options: OpenLockOptions): Promise<HeldLock> {
  const { organizationId, folder, shared } = options;
  const { host, pid } = thisProcess();
  const user = deps.env.USER ?? deps.env.LOGNAME ?? "unknown";
  const purpose = "apply";
  const lock =
    shared === undefined
      ? fileLock({ directory: folder, organizationId, purpose, clock: deps.clock })
      : s3Lock({ aws, ...shared, owner: { user, host, pid, purpose } });
  return lock.acquire(deps.signal);
}
