import { digest } from "../../../core/digest.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * An identifier such as `AROAABCDEFGHIJKLMNOPQ` that depends on nothing but a text: things that
 * are made when first looked at must be the same whenever that is.
 */
export function stableId(prefix: string, text: string): string {
  const hex = digest(text);
  let id = prefix;
  for (let index = 0; index < 17; index += 1) {
    id += alphabet[Number.parseInt(hex.slice(index * 3, index * 3 + 3), 16) % alphabet.length];
  }
  return id;
}
