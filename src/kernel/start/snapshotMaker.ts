/** The program that a kernel without a start-up snapshot starts to have one the next time. */
import { hasFailedBefore, makeSnapshot } from "./snapshotFile.js";

if (!(await hasFailedBefore())) await makeSnapshot();
