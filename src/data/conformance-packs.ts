/**
 * AWS's own templates of conformance packs, which Systems Manager keeps as documents of AWS in every
 * Region that has Config. Which there are is asked of AWS; the names here are those that the sandbox
 * has.
 */
export const conformancePackFacts: {
  readonly asOf: string;
  readonly source: string;
  /** How the documents' names begin. */
  readonly documentPrefix: string;
  readonly sandboxTemplates: readonly string[];
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/config/latest/developerguide/conformancepack-sample-templates.html, " +
    "https://docs.aws.amazon.com/config/latest/APIReference/API_TemplateSSMDocumentDetails.html",
  documentPrefix: "AWSConformancePacks-",
  sandboxTemplates: [
    "OperationalBestPracticesforHIPAASecurity",
    "OperationalBestPracticesforPCIDSSv4ExcludingGlobalResourceTypes",
    "OperationalBestPracticesforPCIDSSv4IncludingGlobalResourceTypes",
  ],
};
