/**
 * The six layers of the AWS Security Reference Architecture, from the outermost to the innermost.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/organizations-security.html
 */
export const layers = [
  "organization",
  "organizational unit",
  "account",
  "network infrastructure",
  "principals",
  "resources",
] as const;

/** A layer of the AWS Security Reference Architecture. */
export type Layer = (typeof layers)[number];
