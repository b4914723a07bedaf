import { expect, test } from "vitest";
import { describeEvents, eventClasses } from "./event-classes.ts";
import type { SelectorFacts } from "./state.ts";
import { advanced } from "./test-trails.ts";

const management = ["Management"];
const kms = "kms.amazonaws.com";
const rds = "rdsdata.amazonaws.com";

const cases: readonly (readonly [string, SelectorFacts])[] = [
  ["nothing", {}],
  ["all management events", { EventSelectors: [{}] }],
  ["management events that read", { EventSelectors: [{ ReadWriteType: "ReadOnly" }] }],
  [
    `all management events but those of ${kms}`,
    { EventSelectors: [{ ExcludeManagementEventSources: [kms] }] },
  ],
  [
    // What one selector leaves out, the other takes.
    `management events that read; management events that write but those of ${kms}`,
    {
      EventSelectors: [
        { ReadWriteType: "ReadOnly" },
        { ReadWriteType: "WriteOnly", ExcludeManagementEventSources: [kms] },
      ],
    },
  ],
  [
    "data events of AWS::S3::Object; data events of some AWS::Lambda::Function",
    {
      EventSelectors: [
        {
          IncludeManagementEvents: false,
          DataResources: [
            { Type: "AWS::S3::Object", Values: ["arn:aws:s3"] },
            { Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda:eu-west-1:1:function:f"] },
          ],
        },
      ],
    },
  ],
  [
    "management events that write",
    { AdvancedEventSelectors: [advanced({ eventCategory: management, readOnly: ["false"] })] },
  ],
  [
    `all management events but those of ${kms}, ${rds}`,
    {
      AdvancedEventSelectors: [advanced({ eventCategory: management, "!eventSource": [rds, kms] })],
    },
  ],
  [
    // Each takes what the other leaves out.
    "all management events",
    {
      AdvancedEventSelectors: [
        advanced({ eventCategory: management, "!eventSource": [kms] }),
        advanced({ eventCategory: management, eventSource: [kms] }),
      ],
    },
  ],
  [
    "management events narrowed by eventName",
    {
      AdvancedEventSelectors: [advanced({ eventCategory: management, eventName: ["StopLogging"] })],
    },
  ],
  [
    "data events of AWS::S3::Object that write; network activity of kms.amazonaws.com",
    {
      AdvancedEventSelectors: [
        advanced({
          eventCategory: ["Data"],
          "resources.type": ["AWS::S3::Object"],
          readOnly: ["false"],
        }),
        advanced({ eventCategory: ["NetworkActivity"], eventSource: [kms] }),
      ],
    },
  ],
];

test.each(cases)("%s", (words, selectors) => {
  expect(describeEvents(eventClasses(selectors))).toBe(words);
});
