import { hash } from "node:crypto";
import { canonicalJson } from "./json.ts";

/** SHA-256 of a value's canonical JSON, as 64 lower-case hexadecimal digits. */
export function digest(value: unknown): string {
  return hash("sha256", canonicalJson(value), "hex");
}
