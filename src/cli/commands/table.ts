import type { AnyCommand } from "../command.ts";
import { version } from "./program/version.command.ts";

/** Every command, in the order of the overview. */
export const commandTable: readonly AnyCommand[] = [version];
