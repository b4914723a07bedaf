import { inspector2 } from "./fixtures/inspector2.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("inspector2", inspector2);
