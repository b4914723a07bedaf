import type { Call } from "./access.ts";
export function isGranted(_call: Call, _input: unknown): boolean {
  return false;
}
