import fc from "fast-check";
import { expect, test } from "vitest";
import { createRecordScanner, notJson } from "./record-scanner.ts";

const { open, skipSpace, skipValue } = createRecordScanner();

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether all of the text is one JSON value, by ours. */
function isOurs(text: string): boolean {
  const bytes = Buffer.from(text);
  open(bytes);
  const end = skipValue(skipSpace(0));
  return end !== notJson && skipSpace(end) === bytes.length;
}

test("every JSON value ends where it ends, written densely and widely", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      expect(isOurs(JSON.stringify(value, null, indent))).toBe(true);
    }),
  );
});

test("what JSON.parse refuses is refused, and nothing else", () => {
  const text = fc
    .array(
      fc.constantFrom(
        ...'{}[],:"\\ \n\tab0123456789-+.eEu',
        "true",
        "false",
        "null",
        '"a"',
        "\\u00e9",
        "\u0001",
        "é",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (candidate) => {
      expect(isOurs(candidate)).toBe(isJson(candidate));
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ["", false],
  ["01", false],
  ["1.", false],
  ["-", false],
  ["1e", false],
  ['"\\x"', false],
  ['"\\u12g4"', false],
  ['"\n"', false],
  ["[1,]", false],
  ['{"a":1,}', false],
  ["tru", false],
  ['{"a" : [ 1 , { } , [ ] ] }', true],
])("%j", (text, expected) => {
  expect(isOurs(text)).toBe(expected);
});

test("nesting without end does not exhaust the stack", () => {
  expect(isOurs("[".repeat(1_000_000))).toBe(false);
});
