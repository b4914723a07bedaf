import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextPool, type TextPool } from "./text-pool.ts";

/** One for all tests: after `clear` nothing may be left of what was there. */
const pool = createTextPool();

/** Lengths at which texts are compared, hashed and copied in another way. */
const lengths = fc.oneof(
  fc.constantFrom(0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 511, 512, 513, 1_999, 2_000),
  fc.nat(2_000),
);

/** Texts of which most are alike but for one byte, or for their length. */
const text = fc
  .record({
    length: lengths,
    fill: fc.constantFrom(0x61, 0x62, 0x00, 0x5c, 0x22, 0xff),
    change: fc.option(fc.record({ at: fc.nat(2_000), byte: fc.constantFrom(0x61, 0x63, 0x00) })),
  })
  .map(({ length, fill, change }) => {
    const bytes = Buffer.alloc(length, fill);
    if (change !== null && length > 0) bytes[change.at % length] = change.byte;
    return bytes;
  });

/** Takes texts in and compares their numbers with those of a Map. */
function check(texts: readonly Uint8Array[], { add, kernel }: TextPool = pool): void {
  const known = new Map<string, number>();
  let bytes = 0;
  for (const own of texts) {
    const key = Buffer.from(own).toString("latin1");
    const number = add(own);
    const expected = known.get(key) ?? known.size + 1;
    if (number !== expected) expect(number).toBe(expected);
    if (!known.has(key)) bytes += own.length;
    known.set(key, number);
  }
  expect(kernel.poolBytes()).toBe(bytes);
  for (const [key, number] of known) {
    const from = kernel.textPlace(number);
    const held = Buffer.from(kernel.bytes().buffer, from, kernel.textLength(number));
    if (held.toString("latin1") !== key) expect(held.toString("latin1")).toBe(key);
  }
}

test("the same text has the same number, another text another, and it stays as it was", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 150, size: "max" }), (texts) => {
      pool.clear();
      check([...texts, ...texts]);
    }),
    { numRuns: 60 },
  );
});

test("texts of all characters come back as UTF-8 has them", () => {
  const characters = fc.string({ unit: "binary", maxLength: 40, size: "max" });
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 40 }), (texts) => {
      pool.clear();
      const numbers = texts.map((own) => pool.addText(own));
      expect(numbers.map((number) => pool.text(number))).toEqual(texts);
      expect(texts.map((own) => pool.add(Buffer.from(own)))).toEqual(numbers);
    }),
    { numRuns: 8 },
  );
});

test("0 is no text, and the empty one is a text", () => {
  pool.clear();
  expect(pool.text(0)).toBeUndefined();
  expect([pool.addText("a"), pool.addText(""), pool.addText("")]).toEqual([1, 2, 2]);
  expect(pool.text(2)).toBe("");
});

test.each([300_000, 20_000])("%i texts, after it was cleared", (count) => {
  pool.clear();
  expect(pool.kernel.poolBytes()).toBe(0);
  const texts = Array.from({ length: count }, (_, index) => Buffer.from(`${count}: ${index}`));
  expect(texts.filter((own, index) => pool.add(own) !== index + 1)).toEqual([]);
  const some = texts.filter((_, index) => index % 7 === 0);
  expect(some.filter((own, index) => pool.add(own) !== index * 7 + 1)).toEqual([]);
  expect(pool.text(1)).toBe(`${count}: 0`);
  expect(pool.text(count)).toBe(`${count}: ${count - 1}`);
});

test("texts of more bytes than the pool keeps room for when it is cleared", () => {
  const own = createTextPool();
  const large = [1, 2].map((byte) => Buffer.alloc(33 << 20, byte));
  check(large, own);
  own.clear();
  check([Buffer.from("small"), ...large.map((bytes) => bytes.subarray(0, 70_000))], own);
});
