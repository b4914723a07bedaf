/** What a handler answers: the SDK's output without its metadata. */
export type Served<Output> = Omit<Output, "$metadata">;
