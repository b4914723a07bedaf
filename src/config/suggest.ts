import { closest, distance } from "fastest-levenshtein";

/** The candidate that a misspelled word was probably meant to be. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length > 200) return undefined;
  const plain = normalize(word);
  const same = candidates.find((candidate) => normalize(candidate) === plain);
  if (same !== undefined) return same;
  const spelledOut = candidates.find((candidate) => initials(candidate) === plain);
  if (spelledOut !== undefined) return spelledOut;
  const byPlain = new Map(candidates.map((candidate) => [normalize(candidate), candidate]));
  const best = closest(plain, [...byPlain.keys()]);
  const length = Math.min(plain.length, best.length);
  const limit = length <= 3 ? 1 : Math.max(2, Math.floor(length / 3));
  return distance(plain, best) <= limit ? byPlain.get(best) : undefined;
}

/** A sentence that offers the likely candidate, or lists the candidates when they are few. */
export function didYouMean(
  word: string,
  candidates: readonly string[],
  what: string,
): string | undefined {
  const meant = suggest(word, candidates);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  if (candidates.length === 0 || candidates.length > 16) return undefined;
  return `${what}: ${candidates.map((candidate) => `\`${candidate}\``).join(", ")}`;
}

/** `SERVICE_CONTROL_POLICY` is known as `scp`. */
function initials(word: string): string | undefined {
  const words = word.split("_");
  return words.length < 3 ? undefined : words.map((part) => part.charAt(0).toLowerCase()).join("");
}

function normalize(word: string): string {
  return word.toLowerCase().replace(/[-_ .]/g, "");
}
