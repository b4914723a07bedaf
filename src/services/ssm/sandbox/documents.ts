import type { GetDocumentCommandInput, GetDocumentCommandOutput } from "@aws-sdk/client-ssm";
import { conformancePackFacts } from "../../../data/conformance-packs.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./state.ts";

const { documentPrefix, sandboxTemplates } = conformancePackFacts;

/**
 * Documents of AWS that hold templates of conformance packs. The sandbox's are of its own: two rules
 * each, in the form that AWS's have.
 */
export const getDocument: Served<GetDocumentCommandInput, GetDocumentCommandOutput> = (
  _context,
  { Name: name = "", DocumentVersion: version },
) => {
  const short = name.startsWith(documentPrefix) ? name.slice(documentPrefix.length) : "";
  if (!sandboxTemplates.includes(short)) {
    throw new ServiceError("InvalidDocument", `Document with name ${name} does not exist.`);
  }
  if (version !== undefined && !["1", "$LATEST", "$DEFAULT"].includes(version)) {
    throw new ServiceError("InvalidDocumentVersion", `Document version ${version} does not exist.`);
  }
  return {
    Name: name,
    DocumentVersion: "1",
    Status: "Active",
    DocumentType: "ConformancePackTemplate",
    DocumentFormat: "YAML",
    Content: [
      `# ${short}`,
      "Parameters:",
      "  MaxAccessKeyAge:",
      "    Default: '90'",
      "    Type: String",
      "Resources:",
      "  AccessKeysRotated:",
      "    Type: AWS::Config::ConfigRule",
      "    Properties:",
      "      ConfigRuleName: access-keys-rotated",
      "      InputParameters:",
      "        maxAccessKeyAge: !Ref MaxAccessKeyAge",
      "      Source:",
      "        Owner: AWS",
      "        SourceIdentifier: ACCESS_KEYS_ROTATED",
      "  RootAccountMFAEnabled:",
      "    Type: AWS::Config::ConfigRule",
      "    Properties:",
      "      ConfigRuleName: root-account-mfa-enabled",
      "      Source:",
      "        Owner: AWS",
      "        SourceIdentifier: ROOT_ACCOUNT_MFA_ENABLED",
      "",
    ].join("\n"),
  };
};
