import type { Aws } from "../../aws/aws.ts";
import { AppError } from "../../core/app-error.ts";
import type { HeldLock } from "../../store/lock.ts";
import type { ApplyOptions } from "../commands/organization/apply.command.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { openLock } from "../open-lock.ts";
import type { Progress } from "../progress.ts";
import type { ReadConfig } from "../read-config.ts";
import { makeStateFolder, stateFolder } from "../state-folder.ts";

/** What one `orgrail apply` works with, from before its first read to after its last. */
export interface ApplySession {
  readonly deps: Deps;
  readonly options: ApplyOptions;
  readonly aws: Aws;
  readonly progress: Progress;
  readonly organizationId: string;
  /** Folder of journals. */
  readonly folder: string;
  readonly lock: HeldLock;
  /** Absent when a saved plan or a journal is applied where there is no configuration. */
  readonly config: ReadConfig | undefined;
}

/**
 * Connects, asks which organization this is, and takes its lock: nobody else plans or applies to it
 * from here on, nor resumes what we resume. Runs `body` and lets go of everything.
 */
export async function withSession<T>(
  deps: Deps,
  options: ApplyOptions,
  config: ReadConfig | undefined,
  body: (session: ApplySession) => Promise<T>,
): Promise<T> {
  const progress = progressOf(deps);
  const desired = config?.desired;
  const { homeRegion, memberRoles } = desired?.organization ?? {};
  const aws = await connect(deps, { homeRegion, progress, memberRole: memberRoles?.write });
  try {
    const { Organization } = await aws.call(
      "organizations",
      "DescribeOrganization",
      {},
      { signal: deps.signal },
    );
    const organizationId = Organization?.Id;
    if (organizationId === undefined) {
      throw new AppError("ORGRAIL5032", "AWS described an organization without an id");
    }
    const folder = stateFolder(deps, options.stateDir, config?.path);
    await makeStateFolder(folder);
    const shared = desired?.lock;
    const lock = await openLock(deps, aws, { organizationId, folder, shared });
    try {
      return await body({ deps, options, aws, progress, organizationId, folder, lock, config });
    } finally {
      // A lock that stays is taken over once its process is dead: no reason to hide what was done.
      await lock.release().catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        progress.say(`the lock was not released: ${why}`);
      });
    }
  } finally {
    aws.close();
  }
}
