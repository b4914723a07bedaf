import { ec2 } from "./fixtures/ec2.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("ec2", ec2);
