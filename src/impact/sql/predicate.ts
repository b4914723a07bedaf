/** A truth value of SQL that is never NULL: its text, or what it is whatever the row. */
export type Predicate = boolean | string;

/** Holds where all do. */
export function and(...predicates: readonly Predicate[]): Predicate {
  if (predicates.includes(false)) return false;
  return joined(predicates, " AND ", true);
}

/** Holds where one does. */
export function or(...predicates: readonly Predicate[]): Predicate {
  if (predicates.includes(true)) return true;
  return joined(predicates, " OR ", false);
}

/** Holds where the other does not. */
export function not(predicate: Predicate): Predicate {
  return typeof predicate === "boolean" ? !predicate : `NOT (${predicate})`;
}

/** As SQL. */
export function sqlOf(predicate: Predicate): string {
  return typeof predicate === "boolean" ? (predicate ? "TRUE" : "FALSE") : predicate;
}

function joined(predicates: readonly Predicate[], by: string, empty: boolean): Predicate {
  const texts = new Set(predicates.filter((one) => typeof one === "string"));
  if (texts.size < 2) return texts.values().next().value ?? empty;
  return `(${[...texts].join(by)})`;
}

/**
 * What is known of a truth value that SQL cannot tell: it can only hold where `may` does, and
 * certainly holds where `must` does.
 */
export interface Bound {
  readonly may: Predicate;
  readonly must: Predicate;
}

/** Nothing is known. */
export const anything: Bound = { may: true, must: false };

/** What SQL can tell. */
export function exactly(predicate: Predicate): Bound {
  return { may: predicate, must: predicate };
}

/** Bounds of one of several. */
export function anyOf(bounds: readonly Bound[]): Bound {
  return {
    may: or(...bounds.map(({ may }) => may)),
    must: or(...bounds.map(({ must }) => must)),
  };
}

/** Bounds of the contrary. */
export function negated({ may, must }: Bound): Bound {
  return { may: not(must), must: not(may) };
}
