import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeLog } from "./decode-log.ts";

/** Text of which each byte is told by its place, and that does not pack well. */
const text = Array.from({ length: 4_000 }, (_, line) => `${line} ${Math.sin(line)}`).join("\n");

test("of a damaged file all is had but what lies close to the damage", async () => {
  const packed = gzipSync(text);
  packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
  const { unpacked, problem } = await decodeLog(packed);
  expect(problem).toBe("the gzip file is damaged");
  const whole = unpacked.toString().split("\n").slice(0, -10).join("\n");
  expect(text.startsWith(whole)).toBe(true);
  expect(whole.length).toBeGreaterThan(text.length * 0.45);
});

test("of a small file with something behind it, little is lost", async () => {
  const packed = Buffer.concat([gzipSync(text.slice(0, 9_000)), Buffer.from("garbage")]);
  const { unpacked, problem } = await decodeLog(packed);
  expect(problem).toBe("the gzip file is damaged");
  expect(unpacked.length).toBeGreaterThan(8_000);
});

test("of a file that is cut off all is had that is there", async () => {
  const packed = gzipSync(text);
  const { unpacked, problem } = await decodeLog(packed.subarray(0, -9));
  expect(problem).toBe("the gzip file is cut off");
  expect(text.startsWith(unpacked.toString())).toBe(true);
  expect(unpacked.length).toBeGreaterThan(text.length - 20);
});
