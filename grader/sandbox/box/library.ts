/** The library as the box's own program finds it: what students have of it. */
export * from "../../../src/core/errors.js";
export * from "../../../src/core/matrix.js";
export * from "../../../src/student.js";
