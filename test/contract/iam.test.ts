import { iam } from "./fixtures/iam.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("iam", iam);
