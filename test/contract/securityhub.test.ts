import { securityhub } from "./fixtures/securityhub.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("securityhub", securityhub);
