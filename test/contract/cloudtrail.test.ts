import { cloudtrail } from "./fixtures/cloudtrail.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("cloudtrail", cloudtrail);
