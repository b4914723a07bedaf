import { z } from "zod";
import { severities } from "../../core/finding.ts";
import { accountId, regionName } from "./atoms.ts";
import type { SecretPlaceInput, WatchInput } from "./config-input.ts";

const text = z.string().min(1);

const secretPlace: z.ZodType<SecretPlaceInput> = z
  .strictObject({
    env: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable is named like `PAGER_SECRET`")
      .optional()
      .meta({ description: "Name of the environment variable that holds it." }),
    file: text.optional().meta({ description: "File that holds it, relative to this one." }),
  })
  .meta({ id: "secretPlace", description: "Where a secret is; never the secret itself." });

const sink = z
  .strictObject({
    type: z
      .enum(["stdout", "file", "webhook", "slack", "sns", "security-hub"])
      .meta({ description: "What takes the findings." }),
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, "a name has small letters, digits and hyphens, at most 40")
      .optional()
      .meta({
        description: "Different for every sink; the type when absent. What it took is noted by it.",
      }),
    severity: z
      .enum(severities)
      .optional()
      .meta({ description: "Only findings this bad or worse." }),
    format: z.enum(["text", "jsonl", "ocsf"]).optional().meta({
      description: "`stdout` and `file`: how findings are written; a file takes no text.",
    }),
    path: text.optional().meta({ description: "`file`: to which lines are added." }),
    url: text.optional().meta({
      description: "`webhook`: where findings are posted.",
      examples: ["https://hooks.example.com/orgrail"],
    }),
    secret: secretPlace
      .optional()
      .meta({ description: "`webhook`: what requests are signed with." }),
    allowHttp: z
      .boolean()
      .optional()
      .meta({ description: "`webhook`: take an `http` address that is not of this machine." }),
    address: secretPlace
      .optional()
      .meta({ description: "`slack`: the address of the incoming webhook, which is a secret." }),
    topic: z
      .string()
      .regex(/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:.+$/, "it is the ARN of a topic")
      .optional()
      .meta({
        description: "`sns`: ARN of the topic.",
        examples: ["arn:aws:sns:us-east-1:111122223333:findings"],
      }),
    account: accountId.optional().meta({ description: "`security-hub`: its account." }),
    region: regionName.optional().meta({ description: "`security-hub`: its Region." }),
  })
  .meta({ id: "watchSink", description: "Where findings go." });

/** The schema of `watch`. */
export const watchSchema: z.ZodType<WatchInput> = z
  .strictObject({
    sources: z
      .array(text)
      .optional()
      .meta({
        description: "Queues, places in S3 and folders, when the command line names none.",
        examples: [["https://sqs.us-east-1.amazonaws.com/111122223333/orgrail-watch"]],
      }),
    sinks: z.array(sink).optional().meta({ description: "Where findings go." }),
  })
  .meta({ id: "watch", description: "What `orgrail watch` reads, and where findings go." });
