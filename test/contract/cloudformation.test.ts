import { cloudformation } from "./fixtures/cloudformation.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("cloudformation", cloudformation);
