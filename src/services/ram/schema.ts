import { z } from "zod";
import { remove } from "../kit/scope.ts";

/** The block `ram`. */
export interface RamBlock {
  readonly remove?: boolean | undefined;
}

/** The form of the block. */
export const ramSchema: z.ZodType<RamBlock> = z.strictObject({ remove }).meta({
  id: "ram",
  description:
    "Resource Access Manager: resources can be shared with the organization and its units. " +
    "`ram: {}` switches it on.",
});
