import type { RequestHandler } from "../../src/aws/clients.ts";
import type { Clock } from "../../src/core/clock.ts";

/** What a call to AWS takes in these figures, there and back: an assumption, the same for all. */
export const callMs = 100;

/** A handler whose answers take their time, on a virtual clock; those under way at once share it. */
export function slowHandler(
  handler: RequestHandler,
  clock: Clock,
  milliseconds: number = callMs,
): RequestHandler {
  return {
    ...handler,
    handle: async (request, options) => {
      await clock.sleep(milliseconds);
      return handler.handle(request, options);
    },
  };
}
