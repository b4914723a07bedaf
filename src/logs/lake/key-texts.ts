/** The texts of a key, as columns of the lake's `keys`. */
export const keyTexts = [
  "recipientAccountId",
  "awsRegion",
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
] as const;

/** A column of the lake's `keys` that is a text. */
export type KeyText = (typeof keyTexts)[number];
