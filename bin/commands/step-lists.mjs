// Which steps a command needs.
import { buildStep } from "../setup/build.mjs";
import { kernelStep } from "../setup/kernelspec.mjs";
import { linksStep } from "../setup/links.mjs";
import { packagesStep } from "../setup/packages.mjs";
import { pythonStep, testPythonStep } from "../setup/python.mjs";

/** The terminal alone: learn, grade, check. */
export const librarySteps = [packagesStep, buildStep, linksStep];

/** JupyterLab too. */
export const lessonSteps = [...librarySteps, pythonStep, kernelStep];

/** What the tests need on top of the library; where it can't be had, their tests are skipped. */
export const testPythonSteps = [pythonStep, kernelStep, testPythonStep];
