import fc from "fast-check";
import { expect, test } from "vitest";
import { createSnappy, unpackSnappy } from "./snappy.ts";

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ maxLength: 80 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 4_000 }))
    .map(([part, times]) => new Uint8Array(Buffer.concat(Array(times).fill(part)))),
);

test("what is packed is unpacked, however often the same comes again", () => {
  const snappy = createSnappy();
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, twice) => {
      const bytes = new Uint8Array(Buffer.concat(twice ? [...pieces, ...pieces] : pieces));
      const packed = Uint8Array.from(snappy.compress(bytes, bytes.length));
      expect(Buffer.compare(unpackSnappy(packed), bytes)).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test("across blocks, and no more than the given length", () => {
  const snappy = createSnappy();
  const text = Buffer.from("0123456789abcdef".repeat(20_000));
  const packed = Uint8Array.from(snappy.compress(text, 200_000));
  expect(packed.length).toBeLessThan(12_000);
  expect(Buffer.compare(unpackSnappy(packed), text.subarray(0, 200_000))).toBe(0);
});

test("damaged bytes are refused, never read beyond", () => {
  const bytes = Buffer.from("the same, the same, the same, and another".repeat(9));
  const packed = Uint8Array.from(createSnappy().compress(bytes, bytes.length));
  expect(() => unpackSnappy(packed.subarray(0, packed.length - 3))).toThrow("damaged");
  expect(() => unpackSnappy(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0))).toThrow("damaged");
  // A copy from before the beginning.
  expect(() => unpackSnappy(Uint8Array.of(8, 0, 65, 2 | (6 << 2), 9, 0))).toThrow("damaged");
});
