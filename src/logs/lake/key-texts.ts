import { type CallColumn, callColumns } from "../../core/call-groups.ts";

/** A column of the lake's `keys` that is a text of the record. */
export type KeyText = Exclude<CallColumn, "errorClass">;

/** The texts of a key, as columns of the lake's `keys`; how the calls ended comes after them. */
export const keyTexts: readonly KeyText[] = callColumns.filter((name) => name !== "errorClass");
