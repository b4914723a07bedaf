import type { Aws } from "../../../aws/aws.ts";
import { AwsError } from "../../../aws/aws-error.ts";
import type { Finding } from "../../../core/finding.ts";
import { parseArn } from "../../../core/identifiers.ts";
import { type RefusedFinding, type Sink, SinkFailure } from "../sink.ts";

/** Entries of one PublishBatch. */
const mostAtOnce = 10;
/** Bytes of all entries of one PublishBatch, with room for what is around them. */
const mostBytes = 250_000;
const mostSubject = 100;

/**
 * A topic of SNS: a finding a message, with its severity and rule as attributes for filters. A topic
 * in order (`.fifo`) gets the finding's id, by which it takes it once.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export function snsSink(name: string, aws: Aws, topicArn: string): Sink {
  const region = parseArn(topicArn)?.region;
  const isFifo = topicArn.endsWith(".fifo");
  /** What a delivery that failed has brought there: it does not go again with the rest. */
  const had = new Set<string>();
  return {
    name,
    most: mostAtOnce,
    deliver: async (findings, signal) => {
      const refused: RefusedFinding[] = [];
      for (const batch of batches(findings.filter(({ id }) => !had.has(id)))) {
        const answer = await aws
          .call(
            "sns",
            "PublishBatch",
            {
              TopicArn: topicArn,
              PublishBatchRequestEntries: batch.map((finding, index) => ({
                Id: String(index),
                Message: JSON.stringify(finding),
                ...(isFifo
                  ? { MessageGroupId: finding.rule, MessageDeduplicationId: finding.id }
                  : { Subject: subject(finding) }),
                MessageAttributes: {
                  severity: { DataType: "String", StringValue: finding.severity },
                  rule: { DataType: "String", StringValue: finding.rule },
                  expected: {
                    DataType: "String",
                    StringValue: String(finding.exception !== undefined),
                  },
                },
              })),
            },
            { signal, idempotent: true, ...(region === undefined ? {} : { region }) },
          )
          .catch((error: unknown) => {
            throw failureOf(error);
          });
        const failed = new Map(answer.Failed?.map((one) => [Number(one.Id), one]));
        for (const [index, { id }] of batch.entries()) if (!failed.has(index)) had.add(id);
        for (const [index, { SenderFault, Code = "", Message = "" }] of failed) {
          if (SenderFault !== true) throw new SinkFailure(`sns: ${Code} ${Message}`);
          const finding = batch[index];
          if (finding !== undefined) refused.push({ id: finding.id, reason: `${Code} ${Message}` });
        }
      }
      had.clear();
      return refused;
    },
  };
}

function* batches(findings: readonly Finding[]): Generator<readonly Finding[], void, undefined> {
  let batch: Finding[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 500;
    if (batch.length > 0 && (batch.length === mostAtOnce || bytes + size > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(finding);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** SNS takes printable ASCII of up to 100 characters. */
function subject({ severity, title }: Finding): string {
  return `orgrail ${severity}: ${title}`.replace(/[^\x20-\x7e]/g, "?").slice(0, mostSubject);
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const isTooLarge = /too (?:long|large)/i.test(error.details.said);
  return new SinkFailure(error.message, { isRefusal: isTooLarge });
}
