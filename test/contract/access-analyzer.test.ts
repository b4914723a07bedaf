import { accessAnalyzer } from "./fixtures/access-analyzer.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("access-analyzer", accessAnalyzer);
