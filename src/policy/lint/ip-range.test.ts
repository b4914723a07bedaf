import { describe, expect, it } from "vitest";
import { ipRange, isPrivate } from "./ip-range.ts";

describe("ipRange", () => {
  it.each([
    ["192.0.2.0/24", { version: 4, prefixLength: 24, hasIgnoredBits: false }],
    ["192.0.2.1", { prefixLength: 32, hasIgnoredBits: false }],
    ["192.0.2.1/24", { hasIgnoredBits: true }],
    ["0.0.0.0/0", { prefixLength: 0, hasIgnoredBits: false }],
    ["2001:db8::/32", { version: 6, prefixLength: 32, hasIgnoredBits: false }],
    ["::", { version: 6, prefixLength: 128 }],
    ["::ffff:192.0.2.1", { version: 6 }],
    ["1:2:3:4:5:6:7:8", { version: 6 }],
  ])("%s", (text, expected) => {
    expect(ipRange(text)).toMatchObject(expected);
  });

  it.each([
    "",
    "example",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.0/33",
    "::1::",
    "1:2:3",
    "12345::",
    "1:2:3:4:5:6:7:8:9",
    "2001:db8::/129",
    "192.0.2.0/",
    "1::2:3:4:5:6:7:8",
  ])("%j is no address", (text) => {
    expect(ipRange(text)).toBeUndefined();
  });

  it.each([
    ["10.1.0.0/16", true],
    ["10.0.0.0/7", false],
    ["172.16.5.4", true],
    ["172.32.0.0/16", false],
    ["192.168.0.0/24", true],
    ["fd00::/8", true],
    ["2001:db8::/32", false],
  ])("%s private: %s", (text, expected) => {
    const range = ipRange(text);
    expect(range !== undefined && isPrivate(range)).toBe(expected);
  });
});
