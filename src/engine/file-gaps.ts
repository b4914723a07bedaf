import { gapOf } from "../aws/attempt-read.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Gap } from "../core/read.ts";
import type { EventBatch } from "../logs/read/read-events.ts";
import { reasonOf } from "../store/file-errors.ts";

/** What of a file of logs could not be read: all of it or its end, and its broken records, from 1. */
export function gapsOfFile({ object, rejected, problem }: EventBatch): readonly Gap[] {
  return [
    ...(problem === undefined ? [] : [fileGap(object.name, problem)]),
    ...rejected.map(({ index, reason }) => fileGap(`${object.name} record ${index + 1}`, reason)),
  ];
}

/** The gap of a file or object that could not be had. */
export function unreadGap(name: string, error: unknown): Gap {
  return error instanceof AwsError ? gapOf(error, name) : fileGap(name, reasonOf(error));
}

function fileGap(subject: string, message: string): Gap {
  return { kind: "failed", operation: "file:Read", subject, message };
}
