/** Truth with a third value: no, yes, or it depends on something that is not known. */
export type Tri = 0 | 1 | 2;

/** Certainly not. */
export const no = 0;
/** Certainly. */
export const yes = 1;
/** It depends on a key that may exist, or on something that AWS does not document. */
export const unsure = 2;

/** The opposite; what is not known stays so. */
export function not(value: Tri): Tri {
  return value === unsure ? unsure : value === yes ? no : yes;
}

/** Both: `no` wins over `unsure`. */
export function both(a: Tri, b: Tri): Tri {
  if (a === no || b === no) return no;
  return a === yes && b === yes ? yes : unsure;
}

/** Either: `yes` wins over `unsure`. */
export function either(a: Tri, b: Tri): Tri {
  if (a === yes || b === yes) return yes;
  return a === no && b === no ? no : unsure;
}
