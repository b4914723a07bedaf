import { ssm } from "./fixtures/ssm.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("ssm", ssm);
