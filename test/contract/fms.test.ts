import { fms } from "./fixtures/fms.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("fms", fms);
