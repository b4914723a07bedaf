import { expect } from "vitest";

/** What a failed command line gave. */
export interface Failed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Expects a failure as users should meet it: the exit code, an error with its code, no stack, no
 * word of a defect, and nothing that a terminal would obey.
 */
export function expectClear({ code, out, err }: Failed, exit: number): void {
  expect({ code, err }).toEqual({
    code: exit,
    err: expect.stringMatching(/^error\[[A-Z]+[A-Z_0-9]*\]: \S/m),
  });
  for (const text of [out, err]) {
    expect(text).not.toMatch(/\n\s+at \S+ \(|node:internal|\[object Object\]|\bundefined\b/);
    expect(text).not.toContain("this is a defect of orgrail");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
  }
}
