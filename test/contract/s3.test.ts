import { s3 } from "./fixtures/s3.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("s3", s3);
