import { AppError } from "../../../core/app-error.ts";
import type { ApplyContext, ResolvedChange } from "../../service.ts";

/** How long and how often something asynchronous is asked after. */
export interface Patience {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly forMs: number;
}

/** For what AWS does in seconds, and now and then in minutes. */
const seconds: Patience = { firstMs: 500, mostMs: 10_000, forMs: 5 * 60_000 };

/**
 * Asks until the answer is yes, ever less often. Throws ORGRAIL4107 when the time is over, and the
 * signal's reason when it is aborted.
 */
export async function waitUntil(
  context: ApplyContext,
  change: ResolvedChange,
  isDone: () => Promise<boolean>,
  patience: Patience = seconds,
): Promise<void> {
  const { clock } = context.aws;
  const startedAtMs = clock.now();
  let waitMs = patience.firstMs;
  while (!(await isDone())) {
    if (clock.now() - startedAtMs + waitMs > patience.forMs) {
      throw new AppError(
        "ORGRAIL4107",
        `${change.operation} of \`${change.address}\` was accepted but is not finished after ${Math.round(patience.forMs / 60_000)} minutes`,
        { hint: "AWS goes on with it; apply again later, which waits for its end" },
      );
    }
    await clock.sleep(waitMs, context.signal);
    waitMs = Math.min(waitMs * 1.5, patience.mostMs);
  }
}
