/**
 * Milliseconds since the epoch of a time as CloudTrail writes it, `2024-07-16T12:00:00Z`, quoted in
 * JSON; NaN for what is no time. Days are looked up: a log has few.
 */
export function createTimeReader(): (bytes: Buffer, start: number, end: number) => number {
  const digits = (bytes: Uint8Array, at: number, count: number): number => {
    let number = 0;
    for (let place = at; place < at + count; place++) {
      const digit = (bytes[place] as number) - 0x30;
      if (!(digit >= 0 && digit <= 9)) return Number.NaN;
      number = number * 10 + digit;
    }
    return number;
  };
  let lastDay = -1;
  let lastMs = 0;
  return (bytes, start, end) => {
    const at = start + 1;
    if (end - start === 22 && bytes[at + 19] === 0x5a && bytes[at + 10] === 0x54) {
      const day =
        digits(bytes, at, 4) * 10_000 + digits(bytes, at + 5, 2) * 100 + digits(bytes, at + 8, 2);
      const hour = digits(bytes, at + 11, 2);
      const minute = digits(bytes, at + 14, 2);
      const second = digits(bytes, at + 17, 2);
      if (hour < 24 && minute < 60 && second < 60) {
        if (day !== lastDay) {
          lastDay = day;
          lastMs = Date.parse(bytes.toString("latin1", at, at + 10));
        }
        return lastMs + ((hour * 60 + minute) * 60 + second) * 1_000;
      }
    }
    return Date.parse(bytes.toString("utf8", at, end - 1));
  };
}
