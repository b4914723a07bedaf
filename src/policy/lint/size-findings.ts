import type { Policy } from "../types.ts";
import type { Finding } from "./check.ts";

/** A policy above its quota even without white space; orgrail sends policies without it. */
export function* sizeFindings({ size, document }: Policy, quota: number): Iterable<Finding> {
  if (size.minified <= quota) return;
  yield {
    at: { start: document.start, end: document.start },
    summary: `${size.minified} characters without white space, ${size.asSent} as written; the quota is ${quota}`,
  };
}
