// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so
import { expect, test } from "vitest";
import { resourceCovers, resourcesOverlap } from "./resource-patterns.ts";

test.each([
  ["*", "arn:aws:s3:::b", true],
  ["**", "*", true],
  ["arn:aws:s3:::*", "arn:aws:s3:::b/*", true],
  ["arn:aws:s3:::b/*", "arn:aws:s3:::*", false],
  // A wildcard of one part does not reach the next; what is missing is `*`.
  ["arn:aws:kms*", "arn:aws:kms:eu-west-1:111122223333:key/1", true],
  ["arn:aws:*:key/1", "arn:aws:kms:eu-west-1:111122223333:key/1", false],
  ["arn:*:*:*:*:*", "*", false],
  ["arn:aws:s3:::${aws:username}", "arn:aws:s3:::${aws:username}", true],
  ["arn:aws:s3:::${*}", "arn:aws:s3:::${aws:username}", false],
  ["arn:aws:s3:::a*", "arn:aws:s3:::a${aws:username}", false],
])("%s covers %s: %s", (wide, narrow, expected) => {
  expect(resourceCovers(wide, narrow)).toBe(expected);
});

test.each([
  ["arn:aws:s3:::a*", "arn:aws:s3:::*b", true],
  ["arn:aws:s3:::a", "arn:aws:s3:::b", false],
  ["arn:aws:s3", "arn:aws:s3:::b", true],
  ["arn:aws:s3:::a", "arn:aws:s3:::${aws:username}", true],
  ["arn:aws:s3:::a", "*", true],
  ["arn:aws:*:x", "arn:aws:kms:eu-west-1:111122223333:key/1", false],
])("%s and %s overlap: %s", (a, b, expected) => {
  expect(resourcesOverlap(a, b)).toBe(expected);
  expect(resourcesOverlap(b, a)).toBe(expected);
});
