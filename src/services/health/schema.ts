import { z } from "zod";
import { delegatedAdministrator, remove } from "../kit/scope.ts";

/** The block `health`. Defaults are filled in. */
export interface HealthBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly organizationalView: boolean;
  readonly remove?: boolean | undefined;
}

/** The form of the block. */
export const healthSchema: z.ZodType<HealthBlock> = z
  .strictObject({
    delegatedAdministrator,
    organizationalView: z
      .boolean()
      .default(true)
      .meta({
        description:
          "Switches the organizational view on through the AWS Health API, which takes a Business " +
          "Support+, Enterprise or Unified Operations plan. `false`: only trusted access and the " +
          "administrator; the console switches the view on without such a plan.",
      }),
    remove,
  })
  .meta({
    id: "health",
    description: "AWS Health: events of all accounts of the organization in one place.",
  });
