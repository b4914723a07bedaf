import { ServiceError } from "../../../sandbox/service.ts";

/** A page of a list, as KMS's operations answer it; a marker is the place of its first item. */
export function page<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly Limit?: number | undefined },
  defaultSize: number,
): { readonly items: T[]; readonly Truncated: boolean; readonly NextMarker?: string } {
  const size = input.Limit ?? defaultSize;
  const start =
    input.Marker === undefined ? 0 : Number(Buffer.from(input.Marker, "base64").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) {
    throw new ServiceError("InvalidMarkerException", "Could not deserialize marker.");
  }
  const end = start + size;
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    Truncated: more,
    ...(more ? { NextMarker: Buffer.from(String(end)).toString("base64") } : {}),
  };
}
