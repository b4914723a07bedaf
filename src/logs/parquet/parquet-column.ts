/** A column and its values, one a row. */
export type ParquetColumn =
  /**
   * Texts by their numbers in the pool; 0 is null. With `places`, which has a number a row, a row's
   * text is the one at that place of `ids`. `isRandom`: nothing comes twice in them.
   */
  | {
      readonly kind: "text";
      readonly name: string;
      readonly ids: Int32Array;
      readonly places?: Int32Array;
      readonly isRandom?: boolean;
    }
  /** 1, 0, and -1 for null. */
  | { readonly kind: "boolean"; readonly name: string; readonly values: Int8Array }
  /** Milliseconds since the epoch, or whole numbers; NaN is null. */
  | { readonly kind: "timestamp" | "integer"; readonly name: string; readonly values: Float64Array }
  /** Days since the epoch, or whole numbers of 32 bits. */
  | { readonly kind: "date" | "number"; readonly name: string; readonly values: Int32Array }
  /** What the kernel holds itself: it is asked to encode it when the column's turn comes. */
  | KernelColumn;

/** A column of what the kernel holds. */
export interface KernelColumn {
  readonly kind: "text" | "timestamp" | "integer" | "date";
  readonly name: string;
  encode(): void;
}

/** A timestamp is stored in microseconds: the unit that every reader knows. */
export const timestampFactor = 1_000;

/** Kinds as `assembly/file.ts` numbers them. */
export const columnKinds: { readonly [Kind in ParquetColumn["kind"]]: number } = {
  text: 0,
  boolean: 1,
  timestamp: 2,
  integer: 3,
  date: 4,
  number: 5,
};
