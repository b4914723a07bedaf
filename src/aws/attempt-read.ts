import { type Gap, gap, type Read, value } from "../core/read.ts";
import { AwsError, toGap } from "./aws-error.ts";

/** A read of AWS as a value or a gap. What is no failure of AWS is thrown on. */
export async function attemptRead<T>(subject: string, read: () => Promise<T>): Promise<Read<T>> {
  try {
    return value(await read());
  } catch (error) {
    return gap(gapOf(error, subject));
  }
}

/** The gap that an error stands for. Errors that are no failed read are thrown on. */
export function gapOf(error: unknown, subject: string): Gap {
  if (!(error instanceof AwsError) || error.kind === "interrupted") throw error;
  return toGap(error, subject);
}
