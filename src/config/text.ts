import { lineIndex } from "../core/line-index.ts";
import { configCodes } from "./codes.ts";
import type { Report } from "./report.ts";

/** Largest files that are read, in UTF-16 code units. */
export const sizeLimits: Readonly<Record<"configuration" | "document", number>> = {
  configuration: 8 * 1024 * 1024,
  document: 1024 * 1024,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no text holds
const notText = /[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/;

/**
 * Checks that a file is text of a reasonable size and takes its byte order mark off; `undefined`
 * when it cannot be read, which is reported.
 */
export function checkedText(
  text: string,
  file: string,
  limit: number,
  report: Report,
): string | undefined {
  const start = lineIndex("").span(0, 0, file);
  if (text.length > limit) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    report.error(
      configCodes.fileTooLarge,
      `the file has ${size} million characters`,
      start,
      `orgrail reads up to ${limit / 1024 / 1024} million; is this the right file?`,
    );
    return undefined;
  }
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const found = notText.exec(plain);
  if (found !== null) {
    report.error(
      configCodes.notText,
      "the file is not UTF-8 text",
      lineIndex(plain).span(found.index, found.index + 1, file),
      "save it as UTF-8, or name the right file",
    );
    return undefined;
  }
  return plain;
}
