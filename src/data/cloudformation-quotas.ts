/** Quotas of CloudFormation and its StackSets that orgrail or the sandbox keep to. */
export const cloudformationQuotas: {
  readonly asOf: string;
  readonly source: string;
  /** Bytes of a template that is passed in a request. */
  readonly templateBodyBytes: number;
  /** Parameters of a template. */
  readonly parameters: number;
  /** Resources of a template. */
  readonly resources: number;
  /** Most items of a page of the StackSets lists. */
  readonly pageSize: number;
  /** Stack sets of an administrator account. */
  readonly stackSetsPerAccount: number;
  /** Stack instances of a stack set. */
  readonly stackInstancesPerStackSet: number;
  /** Operations that a managed execution queues for a stack set. */
  readonly queuedOperations: number;
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
  templateBodyBytes: 51_200,
  parameters: 200,
  resources: 500,
  pageSize: 100,
  stackSetsPerAccount: 1000,
  stackInstancesPerStackSet: 100_000,
  queuedOperations: 10_000,
};
