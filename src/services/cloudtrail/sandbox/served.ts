import type { Handler } from "../../../sandbox/service.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;
