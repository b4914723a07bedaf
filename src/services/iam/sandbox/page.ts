import { validationError } from "./errors.ts";

/** A page of a list, as IAM's operations answer it. */
export interface Page<T> {
  readonly items: T[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** Cuts a page out of a list; a marker is the place of the page's first item. */
export function page<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): Page<T> {
  const { MaxItems: size = 100, Marker } = input;
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    throw validationError(
      `1 validation error detected: Value '${size}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, "base64").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) throw validationError("Invalid Marker.");
  const end = start + size;
  const rest = end < items.length;
  return {
    items: items.slice(start, end),
    IsTruncated: rest,
    ...(rest ? { Marker: Buffer.from(String(end)).toString("base64") } : {}),
  };
}
