import { z } from "zod";

/** What a test may expect of its requests. */
export const testExpectations = ["allowed", "denied", "unknown"] as const;

/** What a test may expect of its requests. */
export type TestExpectation = (typeof testExpectations)[number];

/** A test as the file has it. */
export interface PolicyTestInput {
  readonly name: string;
  readonly account?: string | undefined;
  readonly ou?: string | undefined;
  readonly policies?: readonly string[] | undefined;
  readonly identity?: string | readonly string[] | undefined;
  readonly principal?: string | undefined;
  readonly action: string | readonly string[];
  readonly resource?: string | readonly string[] | undefined;
  readonly resourceAccount?: string | undefined;
  readonly context?: Readonly<Record<string, ContextInput>> | undefined;
  readonly unknownKeys?: "absent" | "unknown" | undefined;
  readonly expect: TestExpectation;
  readonly by?: string | undefined;
}

/** A value of a condition key as the file has it. */
export type ContextInput = string | number | boolean | readonly string[];

/** A file of policy tests. */
export interface PolicyTestsInput {
  readonly version: 1;
  readonly tests: readonly PolicyTestInput[];
}

const action = z
  .string()
  .regex(
    /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/,
    "write one action with its service, such as `s3:GetObject`",
  );

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const policyTest: z.ZodType<PolicyTestInput> = z.strictObject({
  name: z.string().min(1),
  account: z.string().min(1).optional(),
  ou: z.string().min(1).optional(),
  policies: z.array(z.string().min(1)).min(1).optional(),
  identity: texts.optional(),
  principal: z.string().min(1).optional(),
  action: z.union([action, z.array(action).min(1)]),
  resource: texts.optional(),
  resourceAccount: z.string().min(1).optional(),
  context: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]+:\S+$/, "a condition key looks like `aws:RequestedRegion`"),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    )
    .optional(),
  unknownKeys: z.enum(["absent", "unknown"]).optional(),
  expect: z.enum(testExpectations),
  by: z.string().min(1).optional(),
});

/** The schema of a file of policy tests. */
export const policyTestsSchema: z.ZodType<PolicyTestsInput> = z.strictObject({
  version: z.literal(1),
  tests: z.array(policyTest).min(1),
});
