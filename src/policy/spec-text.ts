import type { Policy, Request } from "./types.ts";

/** Characters that stand for a literal `*` and `?` in a pattern of the specification. */
const literalStar = "\ue000";
const literalQuestion = "\ue001";

/** Whether a pattern matches a text, by the table of all pairs of prefixes. */
export function globs(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return plain(pattern) === text;
  const wanted = pattern.split("");
  let row: boolean[] = [true];
  for (const character of wanted) row.push(character === "*" && row.at(-1) === true);
  for (const found of text.split("")) {
    const next: boolean[] = [false];
    for (const [i, character] of wanted.entries()) {
      const before = row[i] === true;
      if (character === "*") next.push(next[i] === true || row[i + 1] === true);
      else if (character === "?") next.push(before);
      else next.push(before && isSame(character, found));
    }
    row = next;
  }
  return row.at(-1) === true;
}

function isSame(wanted: string, found: string): boolean {
  if (wanted === literalStar) return found === "*";
  return wanted === literalQuestion ? found === "?" : wanted === found;
}

/** Each of the six parts by itself; the last holds the rest. */
export function matchesArn(patternParts: readonly string[], text: string): boolean {
  const parts = text.split(":");
  if (parts.length < 6 || patternParts.length < 6) return false;
  const six = (list: readonly string[]): string[] => [...list.slice(0, 5), list.slice(5).join(":")];
  const wanted = six(patternParts);
  return six(parts).every((part, i) => globs(wanted[i] ?? "", part));
}

/** A literal wildcard as the character it is. */
export function plain(text: string): string {
  return text.replaceAll(literalStar, "*").replaceAll(literalQuestion, "?");
}

/** The value of a context key, whatever the case of its name. */
export function contextOf(request: Request, key: string): string | readonly string[] | undefined {
  const wanted = key.toLowerCase();
  let found: string | readonly string[] | undefined;
  for (const [name, value] of Object.entries(request.context)) {
    if (name.toLowerCase() === wanted) found = value;
  }
  if (found !== undefined) return found;
  const { principal, resource } = request;
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
  const isService = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal);
  const inArn = resource.split(":")[4] ?? "";
  switch (wanted) {
    case "aws:principalarn":
      return isService || ["", "*", "anonymous"].includes(principal) ? undefined : principal;
    case "aws:principalaccount":
      return account;
    case "aws:principalisawsservice":
      return String(isService);
    case "aws:resourceaccount":
      return request.resourceAccount ?? (/^\d{12}$/.test(inArn) ? inArn : undefined);
  }
  return undefined;
}

/** Fills policy variables in; `null` when one has no value, `unknown` when its key may exist. */
export function substitute(
  text: string,
  policy: Policy,
  request: Request,
): { readonly pattern: string } | "null" | "unknown" {
  if (policy.version !== "2012-10-17") return { pattern: text };
  let outcome: "null" | "unknown" | undefined;
  const pattern = text.replace(/\$\{([^}]*)\}/g, (_whole, inside: string) => {
    if (inside === "*" || inside === "?" || inside === "$") return literal(inside);
    const withDefault = /^([^,]*),\s*'([^']*)'$/.exec(inside);
    const value = contextOf(request, withDefault?.[1] ?? inside);
    if (typeof value === "string") return literal(value);
    if (value?.length === 1) return literal(value[0] ?? "");
    const mayExist = value === undefined && request.unknownKeys === "unknown";
    if (mayExist) outcome ??= "unknown";
    else if (withDefault && !value?.length) return literal(withDefault[2] ?? "");
    else outcome = "null";
    return "";
  });
  return outcome ?? { pattern };
}

/** The pattern of all that a text with variables may stand for, and perhaps more. */
export function widest(text: string): string {
  return text.replace(/\$\{([^}]*)\}/g, (_whole, inside: string) =>
    ["*", "?", "$"].includes(inside) ? literal(inside) : "*",
  );
}

function literal(text: string): string {
  return text.replaceAll("*", literalStar).replaceAll("?", literalQuestion);
}
